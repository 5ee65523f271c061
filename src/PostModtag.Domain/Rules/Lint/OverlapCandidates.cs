using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules.Lint;

/// <summary>
/// Rules that may overlap each other. Most cannot, because they ask for different values of the same field: each rule
/// is kept under the values of one field, the one that tells most of them apart, and found by values that can meet its own.
/// </summary>
internal sealed class OverlapCandidates
{
    private readonly Dictionary<RuleField, int> _values;
    private readonly Dictionary<RuleField, ByValue> _byField = [];
    private readonly List<CompiledRule> _withoutField = [];

    /// <param name="all">All the rules that will be added.</param>
    public OverlapCandidates(IEnumerable<CompiledRule> all) => _values = all.SelectMany(rule => rule.Tests).Where(TellsApart)
        .GroupBy(test => test.Field).ToDictionary(tests => tests.Key, tests => tests.SelectMany(test => test.Condition.Values).Distinct().Count());

    /// <summary>Adds a rule.</summary>
    public void Add(CompiledRule rule)
    {
        if (Apart(rule) is not { } test)
            _withoutField.Add(rule);
        else if (_byField.TryGetValue(test.Field, out var its))
            its.Add(rule, test.Condition);
        else
            _byField.Add(test.Field, new ByValue(rule, test.Condition));
    }

    /// <summary>Those added so far, without those that cannot overlap the rule for the values of the field that tells them apart.</summary>
    public IEnumerable<CompiledRule> Earlier(CompiledRule rule)
    {
        var test = Apart(rule);
        return _withoutField.Concat(_byField.SelectMany(its => its.Key.Equals(test?.Field) ? its.Value.That(test.Condition) : its.Value.All));
    }

    private ConditionTest? Apart(CompiledRule rule) => rule.Tests.Where(TellsApart).MaxBy(test => _values[test.Field]);

    private static bool TellsApart(ConditionTest test) =>
        test is { Condition: { Not: false, Operator: ConditionOperator.EqualTo or ConditionOperator.Under }, Field: { Repeats: false, Type: MemoFieldType.Text } };

    /// <summary>Rules by the values that they ask of one field, in its hierarchy by dots.</summary>
    private sealed class ByValue
    {
        private readonly Dictionary<string, List<CompiledRule>> _at = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, List<CompiledRule>> _below = new(StringComparer.OrdinalIgnoreCase);

        public ByValue(CompiledRule first, Condition condition) => Add(first, condition);

        public List<CompiledRule> All { get; } = [];

        public void Add(CompiledRule rule, Condition condition)
        {
            All.Add(rule);
            foreach (var value in Values(condition))
            {
                AddTo(_at, value, rule);
                foreach (var above in Hierarchy.Above(value))
                    AddTo(_below, above, rule);
            }
        }

        /// <summary>Those whose values can be met together with a value of the condition.</summary>
        public IEnumerable<CompiledRule> That(Condition condition) => Values(condition)
            .SelectMany(value => Hierarchy.Above(value).Append(value).SelectMany(above => Of(_at, above))
                .Concat(condition.Operator == ConditionOperator.Under ? Of(_below, value) : []));

        private static IEnumerable<string> Values(Condition condition) =>
            condition.Values.Select(value => condition.Operator == ConditionOperator.Under ? value.TrimEnd('.') : value).Distinct(StringComparer.OrdinalIgnoreCase);

        private static List<CompiledRule> Of(Dictionary<string, List<CompiledRule>> place, string value) => place.GetValueOrDefault(value) ?? [];

        private static void AddTo(Dictionary<string, List<CompiledRule>> place, string value, CompiledRule rule)
        {
            if (!place.TryGetValue(value, out var rules))
                place.Add(value, rules = []);
            rules.Add(rule);
        }
    }
}
