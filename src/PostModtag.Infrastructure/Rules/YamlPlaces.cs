using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Infrastructure.Rules;

/// <summary>Finds in a YAML file what a path such as <c>rules[3].conditions[0].values[1]</c> names.</summary>
internal static partial class YamlPlaces
{
    /// <summary>The line and the column; where the path leads further than the file goes, those of the last that is there.</summary>
    public static string Of(YamlNode root, string path)
    {
        var node = root;
        foreach (Match step in Step().Matches(path))
            node = Below(node, step.Value) ?? node;
        return YamlFaults.PlaceOf(node.Start);
    }

    private static YamlNode? Below(YamlNode node, string step) => node switch
    {
        YamlMappingNode mapping => mapping.Children.FirstOrDefault(entry => entry.Key is YamlScalarNode { Value: { } key } && key == step).Value,
        YamlSequenceNode sequence when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) => sequence.Children.ElementAtOrDefault(index),
        _ => null,
    };

    [GeneratedRegex("[A-Za-z]+|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
