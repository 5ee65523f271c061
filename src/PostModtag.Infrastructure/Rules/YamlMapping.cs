using System.Buffers;
using System.Globalization;
using System.Text;
using PostModtag.Domain.Messages;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Infrastructure.Rules;

/// <summary>A mapping of a YAML file with known keys: its values as what they are to be, and faults where they are not.</summary>
internal sealed class YamlMapping
{
    private readonly Dictionary<string, YamlNode> _values = [];
    private readonly YamlNode _node;
    private readonly YamlFaults _faults;
    private readonly bool _isMapping;

    private YamlMapping(YamlNode node, YamlFaults faults, bool isMapping)
    {
        _node = node;
        _faults = faults;
        _isMapping = isMapping;
    }

    /// <param name="node">The node.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="expected">What is expected there, in words.</param>
    /// <param name="keys">The keys that there may be.</param>
    public static YamlMapping Of(YamlNode node, YamlFaults faults, BilingualText expected, params string[] keys)
    {
        var mapping = new YamlMapping(node, faults, node is YamlMappingNode);
        if (node is not YamlMappingNode entries)
        {
            faults.Add(node, $"Her skal stå {expected.Danish}.", $"Expected {expected.English}.");
            return mapping;
        }

        foreach (var (key, value) in entries.Children)
        {
            if (key is YamlScalarNode { Value: { } name } && keys.Contains(name))
                mapping._values.Add(name, value);
            else
                faults.Add(key, $"Sådan en nøgle er der ikke her. Skriv en af: {string.Join(", ", keys)}.", $"There is no such key here. Expected one of: {string.Join(", ", keys)}.");
        }

        return mapping;
    }

    public void Require(params string[] keys)
    {
        foreach (var key in keys.Where(key => _isMapping && !_values.ContainsKey(key)))
            _faults.Add(_node, $"Nøglen {key} mangler.", $"The key {key} is missing.");
    }

    /// <summary>Text as it is written, quoted or not: 27.10 stays 27.10. Null where nothing is written.</summary>
    public string? Text(string key) => _values.TryGetValue(key, out var node) && !IsNull(node) ? TextOf(node, key) : null;

    public IReadOnlyList<string> Texts(string key)
    {
        if (!_values.TryGetValue(key, out var node) || IsNull(node))
            return [];
        return node is YamlSequenceNode sequence ? [.. sequence.Children.Select(child => TextOf(child, key))] : [TextOf(node, key)];
    }

    public IEnumerable<YamlNode> Items(string key)
    {
        if (!_values.TryGetValue(key, out var node) || IsNull(node))
            return [];
        if (node is YamlSequenceNode sequence)
            return sequence.Children;
        _faults.Add(node, $"Under {key} skal stå en liste: en linje for hver, der begynder med en bindestreg.", $"Expected a list under {key}: a line for each, beginning with a hyphen.");
        return [];
    }

    public bool Flag(string key, bool whenAbsent) => Read(key, new BilingualText("true eller false uden anførselstegn", "true or false, without quotes,"),
        (node, out value) => bool.TryParse(node.Value, out value) && node.Style == ScalarStyle.Plain, whenAbsent);

    public int Number(string key) => Read(key, new BilingualText("et helt tal uden anførselstegn", "a whole number, without quotes,"),
        (node, out value) => int.TryParse(node.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && node.Style == ScalarStyle.Plain, 0);

    public DateOnly? Day(string key) => _values.TryGetValue(key, out var written) && IsNull(written) ? null : Read<DateOnly?>(key, new BilingualText("en dag som 2026-11-23", "a day as 2026-11-23"),
        (node, out value) =>
        {
            var isDay = DateOnly.TryParseExact(node.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            value = day;
            return isDay;
        },
        null);

    public TWord Word<TWord>(string key, Dictionary<string, TWord> words)
        where TWord : struct =>
        Read<TWord>(key, new BilingualText($"en af {string.Join(", ", words.Keys)}", $"one of {string.Join(", ", words.Keys)}"), (node, out value) => words.TryGetValue(node.Value!, out value), default);

    /// <summary>What is written; nothing written after the key is no value, and not the one that an absent key stands for.</summary>
    private T Read<T>(string key, BilingualText expected, TryRead<T> tryRead, T whenAbsent)
    {
        if (!_values.TryGetValue(key, out var node))
            return whenAbsent;
        if (node is YamlScalarNode { Value: not null } scalar && tryRead(scalar, out var value))
            return value;
        _faults.Add(node, $"Efter {key} skal stå {expected.Danish}.", $"Expected {expected.English} after {key}.");
        return whenAbsent;
    }

    private string TextOf(YamlNode node, string key)
    {
        if (node is not YamlScalarNode { Value: { } text } || IsNull(node))
            _faults.Add(node, $"Efter {key} skal stå tekst.", $"Expected text after {key}.");
        else if (!IsWhole(text))
            _faults.Add(node, $"Efter {key} skal stå tekst af hele tegn og uden U+0000.", $"Expected text of whole characters, and without U+0000, after {key}.");
        else
            return text;
        return "";
    }

    /// <summary>An escape can write what no database keeps: U+0000, and half a character.</summary>
    private static bool IsWhole(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (rest[0] == '\0' || Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done)
                return false;
            rest = rest[length..];
        }

        return true;
    }

    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" };

    private delegate bool TryRead<T>(YamlScalarNode node, out T value);
}
