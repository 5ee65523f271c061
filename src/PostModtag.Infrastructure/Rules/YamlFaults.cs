using System.Globalization;
using PostModtag.Application.Administration;
using PostModtag.Domain.Messages;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Infrastructure.Rules;

/// <summary>What is wrong with a YAML file, and where; the first hundred are enough to mend.</summary>
internal sealed class YamlFaults
{
    private const int Most = 100;

    private readonly List<(Mark Place, BilingualText Text)> _all = [];

    /// <summary>All of them, from the top of the file down.</summary>
    public IReadOnlyList<Fault> All => [.. _all.OrderBy(fault => fault.Place.Line).ThenBy(fault => fault.Place.Column).Select(fault => new Fault(PlaceOf(fault.Place), fault.Text))];

    public static string PlaceOf(Mark mark) => PlaceOf(mark.Line, mark.Column);

    public static string PlaceOf(long line, long column) => string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}");

    public void Add(YamlNode node, string danish, string english)
    {
        if (_all.Count < Most)
            _all.Add((node.Start, new BilingualText(danish, english)));
    }
}
