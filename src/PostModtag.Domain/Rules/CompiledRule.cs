namespace PostModtag.Domain.Rules;

/// <summary>A rule made ready to be asked.</summary>
internal sealed class CompiledRule
{
    private RoutingDecision? _decision;

    /// <param name="rule">The rule.</param>
    /// <param name="tests">Its conditions made ready, in their order.</param>
    public CompiledRule(DistributionRule rule, ConditionTest[] tests)
    {
        Rule = rule;
        Tests = tests;
    }

    public DistributionRule Rule { get; }

    public ConditionTest[] Tests { get; }

    /// <summary>The decision for every message that the rule takes; made when the first one is taken.</summary>
    public RoutingDecision Decision => _decision ??= new RoutingDecision(RoutingBasis.Rule, Rule.Fagsystem, Rule.Name, [.. Rule.Conditions.Select(ConditionText.Of)]);

    /// <summary>Makes a rule ready.</summary>
    /// <exception cref="ArgumentException">A condition cannot be asked; lint says so before anything is published.</exception>
    public static CompiledRule Compile(DistributionRule rule) => new(rule,
    [
        .. rule.Conditions.Select(condition => ConditionTest.Compile(condition, out var fault)
            ?? throw new ArgumentException($"Rule '{rule.Name}' has a condition that cannot be asked: {fault!.Kind} ({fault.Part}).", nameof(rule))),
    ]);

    /// <summary>Whether the rule takes the message on that day.</summary>
    public bool Takes(RoutedMessage message, DateOnly day)
    {
        if (!Rule.IsInForce(day))
            return false;
        foreach (var test in Tests)
        {
            if (!test.Holds(message))
                return false;
        }

        return true;
    }
}
