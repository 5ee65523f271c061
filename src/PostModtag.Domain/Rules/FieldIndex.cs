namespace PostModtag.Domain.Rules;

/// <summary>The rules that stand under values of one field.</summary>
internal sealed class FieldIndex
{
    private readonly Dictionary<string, RuleNode>.AlternateLookup<ReadOnlySpan<char>> _equal;
    private readonly Dictionary<string, RuleNode>.AlternateLookup<ReadOnlySpan<char>> _under;
    private readonly Dictionary<string, RuleNode>.AlternateLookup<ReadOnlySpan<char>> _prefixes;
    private readonly int[] _prefixLengths;

    // The lengths of values that there are, a bit each, the last for all beyond: quicker to look at than a value is to hash.
    private readonly ulong _equalLengths;
    private readonly ulong _underLengths;
    private readonly PartIndex? _parts;

    public FieldIndex(RuleField field, IEnumerable<(IndexKey Key, RuleNode Node)> nodes)
    {
        Field = field;
        var parts = new Dictionary<string, RuleNode>();
        var (equal, under, prefixes) = (New(), New(), New());
        foreach (var (key, node) in nodes)
        {
            var place = key.Operator switch
            {
                ConditionOperator.EqualTo => equal,
                ConditionOperator.Under => under,
                ConditionOperator.StartsWith => prefixes,
                _ => parts,
            };
            place[key.Value] = place.TryGetValue(key.Value, out var alike) ? RuleNode.Of(alike, node) : node;
            First = Math.Min(First, node.First);
        }

        (_equal, _under, _prefixes) = (Lookup(equal), Lookup(under), Lookup(prefixes));
        (_equalLengths, _underLengths) = (Lengths(equal), Lengths(under));
        _prefixLengths = [.. prefixes.Keys.Select(value => value.Length).Distinct()];
        _parts = parts.Count > 0 ? new PartIndex(parts) : null;
    }

    public RuleField Field { get; }

    /// <summary>The place of the first of its rules.</summary>
    public int First { get; } = int.MaxValue;

    /// <summary>Asks the rules to which a value leads.</summary>
    public void Find<TSearch>(scoped ReadOnlySpan<char> value, ref FirstRule<TSearch> search)
        where TSearch : struct, IRuleSearch
    {
        if (Has(_equalLengths, value.Length) && _equal.TryGetValue(value, out var node))
            node.Find(ref search);

        foreach (var length in _prefixLengths)
        {
            if (length <= value.Length && _prefixes.TryGetValue(value[..length], out node))
                node.Find(ref search);
        }

        if (_underLengths != 0)
            FindUnder(value, ref search);
        _parts?.Find(value, ref search);
    }

    private void FindUnder<TSearch>(scoped ReadOnlySpan<char> value, ref FirstRule<TSearch> search)
        where TSearch : struct, IRuleSearch
    {
        for (var end = 0; end <= value.Length; end++)
        {
            if ((end == value.Length || value[end] == '.') && Has(_underLengths, end) && _under.TryGetValue(value[..end], out var node))
                node.Find(ref search);
        }
    }

    private static ulong Lengths(Dictionary<string, RuleNode> nodes) => nodes.Keys.Aggregate(0UL, (lengths, value) => lengths | (1UL << Math.Min(value.Length, 63)));

    private static bool Has(ulong lengths, int length) => (lengths >> Math.Min(length, 63) & 1) != 0;

    // Without letter case as the conditions have it; that the keys are in capitals has only made those of one rule set meet.
    private static Dictionary<string, RuleNode> New() => new(QuickIgnoreCase.Instance);

    private static Dictionary<string, RuleNode>.AlternateLookup<ReadOnlySpan<char>> Lookup(Dictionary<string, RuleNode> nodes) =>
        nodes.GetAlternateLookup<ReadOnlySpan<char>>();
}
