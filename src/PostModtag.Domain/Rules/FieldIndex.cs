namespace PostModtag.Domain.Rules;

/// <summary>The rules that stand under values of one field.</summary>
internal sealed class FieldIndex
{
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _equal;
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _under;
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _prefixes;
    private readonly int[] _prefixLengths;

    public FieldIndex(RuleField field, IEnumerable<KeyValuePair<IndexKey, List<int>>> postings)
    {
        Field = field;
        var byOperator = postings.ToLookup(posting => posting.Key.Operator);
        _equal = Lookup(byOperator[ConditionOperator.EqualTo]);
        _under = Lookup(byOperator[ConditionOperator.Under]);
        _prefixes = Lookup(byOperator[ConditionOperator.StartsWith]);
        _prefixLengths = [.. byOperator[ConditionOperator.StartsWith].Select(posting => posting.Key.Value.Length).Distinct()];
    }

    public RuleField Field { get; }

    /// <summary>Asks the rules to which a value of the message leads.</summary>
    public void Find(string value, ref RuleSearch search)
    {
        if (_equal.TryGetValue(value, out var orders))
            search.Ask(orders);

        foreach (var length in _prefixLengths)
        {
            if (length <= value.Length && _prefixes.TryGetValue(value.AsSpan(0, length), out orders))
                search.Ask(orders);
        }

        if (_under.Dictionary.Count == 0)
            return;
        for (var end = 0; end <= value.Length; end++)
        {
            if ((end == value.Length || value[end] == '.') && _under.TryGetValue(value.AsSpan(0, end), out orders))
                search.Ask(orders);
        }
    }

    private static Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Lookup(IEnumerable<KeyValuePair<IndexKey, List<int>>> postings)
    {
        // Ordinal without case folds as the conditions do; ToUpperInvariant has only made the keys of one rule set meet.
        var byValue = new Dictionary<string, int[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var posting in postings.GroupBy(posting => posting.Key.Value, posting => posting.Value, StringComparer.OrdinalIgnoreCase))
            byValue.Add(posting.Key, [.. posting.SelectMany(orders => orders).Distinct().Order()]);
        return byValue.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
