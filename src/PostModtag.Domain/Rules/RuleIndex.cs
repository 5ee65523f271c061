namespace PostModtag.Domain.Rules;

/// <summary>
/// Finds the first rule that takes a message without asking them all. Each rule stands under the values of one of its
/// conditions, the one that the fewest rules share; where many still stand together, they are divided in the same way by
/// their other conditions. A rule that has none that can be looked up is always asked. What is found is then asked in
/// full, so the index can only save work and never change an answer.
/// </summary>
internal sealed class RuleIndex
{
    private readonly CompiledRule[] _rules;
    private readonly RuleNode _root;

    private RuleIndex(CompiledRule[] rules, RuleNode root)
    {
        _rules = rules;
        _root = root;
    }

    /// <param name="rules">The rules in the order they are asked in.</param>
    public static RuleIndex Build(CompiledRule[] rules) => new(rules, new RuleIndexBuilder(rules).Build());

    /// <summary>The first rule that is looked for; null when there is none.</summary>
    /// <param name="search">What is looked for.</param>
    /// <param name="before">The place that it must stand before; null for any.</param>
    public CompiledRule? First<TSearch>(TSearch search, int? before = null)
        where TSearch : struct, IRuleSearch
    {
        var end = before ?? _rules.Length;
        var first = new FirstRule<TSearch>(_rules, search, end);
        _root.Find(ref first);
        return first.Place < end ? _rules[first.Place] : null;
    }
}
