using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules;

/// <summary>What an index of rules is searched for: the values that lead to rules, and which of the rules found will do.</summary>
internal interface IRuleSearch
{
    /// <summary>The values that a field has.</summary>
    void Read(RuleField field, ref FieldValues values);

    /// <summary>Whether the rule, which the values lead to, is one that is looked for.</summary>
    bool Takes(CompiledRule rule);
}

/// <summary>A search for the rules that take a message on a day.</summary>
internal readonly struct MessageSearch(RoutedMessage message, DateOnly day) : IRuleSearch
{
    public void Read(RuleField field, ref FieldValues values) => field.Read(message, ref values);

    public bool Takes(CompiledRule rule) => rule.Takes(message, day);
}

/// <summary>The state of a search: only rules before the first that was found are asked.</summary>
/// <param name="rules">All rules in order.</param>
/// <param name="search">What is looked for.</param>
/// <param name="end">The place that the rule must stand before.</param>
internal ref struct FirstRule<TSearch>(CompiledRule[] rules, TSearch search, int end)
    where TSearch : struct, IRuleSearch
{
    /// <summary>The place of the first rule that was found; the end when none was.</summary>
    public int Place { get; private set; } = end;

    /// <summary>The values that a field has.</summary>
    public readonly void Read(RuleField field, ref FieldValues values) => search.Read(field, ref values);

    /// <summary>Asks the rules at these places, which are in order.</summary>
    public void Ask(ReadOnlySpan<int> places)
    {
        foreach (var place in places)
        {
            if (place >= Place)
                return;
            if (!search.Takes(rules[place]))
                continue;
            Place = place;
            return;
        }
    }
}
