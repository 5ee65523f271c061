namespace PostModtag.Domain.Rules;

/// <summary>
/// Finds the first rule that takes a message without asking them all. Each rule stands in the index under the values
/// of one of its conditions, the one that the fewest rules share; a rule that has none that can be looked up is always
/// asked. What is found is then asked in full, so the index can only save work and never change an answer.
/// </summary>
internal sealed class RuleIndex
{
    private readonly CompiledRule[] _rules;
    private readonly FieldIndex[] _fields;
    private readonly int[] _always;

    private RuleIndex(CompiledRule[] rules, FieldIndex[] fields, int[] always)
    {
        _rules = rules;
        _fields = fields;
        _always = always;
    }

    /// <param name="rules">The rules in the order they are asked in.</param>
    public static RuleIndex Build(CompiledRule[] rules)
    {
        var sharers = new Dictionary<IndexKey, int>();
        foreach (var key in rules.SelectMany(rule => rule.Tests).SelectMany(IndexKey.Of))
            sharers[key] = sharers.GetValueOrDefault(key) + 1;

        var postings = new Dictionary<IndexKey, List<int>>();
        var always = new List<int>();
        for (var order = 0; order < rules.Length; order++)
        {
            var keys = rules[order].Tests.Select(test => IndexKey.Of(test).Distinct().ToList()).Where(keys => keys.Count > 0)
                .MinBy(keys => keys.Sum(key => (long)sharers[key]));
            if (keys is null)
                always.Add(order);
            foreach (var key in keys ?? [])
            {
                if (!postings.TryGetValue(key, out var orders))
                    postings.Add(key, orders = []);
                orders.Add(order);
            }
        }

        var fields = postings.GroupBy(posting => posting.Key.Field, (field, its) => new FieldIndex(field, its));
        return new RuleIndex(rules, [.. fields], [.. always]);
    }

    /// <summary>The first rule that takes the message; null when none does.</summary>
    public CompiledRule? First(RoutedMessage message, DateOnly day)
    {
        var search = new RuleSearch(_rules, message, day);
        search.Ask(_always);
        foreach (var field in _fields)
        {
            foreach (var value in field.Field.Values(message))
                field.Find(value, ref search);
        }

        return search.First is { } first ? _rules[first] : null;
    }
}

/// <summary>A search for the first rule that takes a message: only rules before the first that was found are asked.</summary>
internal ref struct RuleSearch(CompiledRule[] rules, RoutedMessage message, DateOnly day)
{
    /// <summary>The place of the first rule that was found.</summary>
    public int? First { get; private set; }

    /// <summary>Asks the rules at these places, which are in order.</summary>
    public void Ask(ReadOnlySpan<int> orders)
    {
        foreach (var order in orders)
        {
            if (order >= First)
                return;
            if (!rules[order].Takes(message, day))
                continue;
            First = order;
            return;
        }
    }
}

/// <summary>A value under which a rule can be looked up: of which field, and how the message's value leads to it.</summary>
internal readonly record struct IndexKey(RuleField Field, ConditionOperator Operator, string Value)
{
    /// <summary>The keys of a condition; none when it cannot be looked up. Letter case never counts here; the condition itself sees to it.</summary>
    public static IEnumerable<IndexKey> Of(ConditionTest test)
    {
        var (condition, field) = (test.Condition, test.Field);
        var lookedUp = condition.Operator is ConditionOperator.EqualTo or ConditionOperator.Under or ConditionOperator.StartsWith
            && field.Type is Memo.MemoFieldType.Text or Memo.MemoFieldType.Uuid or Memo.MemoFieldType.Boolean;
        return condition.Not || !lookedUp
            ? []
            : condition.Values.Select(value => new IndexKey(field, condition.Operator, Fold(condition.Operator, field.Type, value)));
    }

    private static string Fold(ConditionOperator @operator, Memo.MemoFieldType type, string value) =>
        (@operator == ConditionOperator.Under ? value.TrimEnd('.') : type == Memo.MemoFieldType.Text ? value : value.Trim()).ToUpperInvariant();
}
