namespace PostModtag.Domain.Rules;

/// <summary>
/// A published rule set made ready to route messages: pure, immutable, and quick however many rules there are. Made
/// once a publication; a message that has begun keeps the one that it began with.
/// </summary>
public sealed class Router
{
    private readonly RuleSet _ruleSet;
    private readonly CompiledRule[] _rules;
    private readonly RuleIndex _index;
    private readonly RoutingDecision _undecided;

    private Router(RuleSet ruleSet, CompiledRule[] rules)
    {
        _ruleSet = ruleSet;
        _rules = rules;
        _index = RuleIndex.Build(rules);
        _undecided = ruleSet.Otherwise is { } otherwise
            ? new RoutingDecision(RoutingBasis.Otherwise, otherwise, null, [])
            : new RoutingDecision(RoutingBasis.Rejected, null, null, []);
    }

    /// <summary>Makes a rule set ready.</summary>
    /// <exception cref="ArgumentException">A condition cannot be asked; lint says so before anything is published.</exception>
    public static Router Compile(RuleSet ruleSet) => new(ruleSet, [.. ruleSet.InOrder.Select(CompiledRule.Compile)]);

    /// <summary>What the sender is told while a fagsystem does not decide.</summary>
    public WhenUndecided WhenUndecided => _ruleSet.WhenUndecided;

    /// <summary>Finds the one fagsystem that a message is for.</summary>
    /// <param name="message">The message.</param>
    /// <param name="day">The day, for rules that are valid for a period.</param>
    /// <param name="fagsystemNamed">The key of the fagsystem that a name in a reply names; null when it names none.</param>
    public RoutingDecision Route(RoutedMessage message, DateOnly day, Func<string, string?> fagsystemNamed)
    {
        if (Home(message, fagsystemNamed) is { } home)
            return home;
        return Decide(_index.First(new MessageSearch(message, day)));
    }

    /// <summary>Routes a message by asking every rule in its order, and tells what each of them said until one took it.</summary>
    public RoutingExplanation Explain(RoutedMessage message, DateOnly day, Func<string, string?> fagsystemNamed)
    {
        if (Home(message, fagsystemNamed) is { } home)
            return new RoutingExplanation(home, []);

        var tried = new List<TriedRule>();
        CompiledRule? first = null;
        foreach (var rule in _rules)
        {
            var isInForce = rule.Rule.IsInForce(day);
            var conditions = rule.Tests.Select(test => new TriedCondition(test.Condition, test.Holds(message), [.. test.Field.Values(message)])).ToList();
            var takes = isInForce && conditions.TrueForAll(condition => condition.Held);
            tried.Add(new TriedRule(rule.Rule.Name, isInForce, conditions, takes));
            if (!takes)
                continue;
            first = rule;
            break;
        }

        return new RoutingExplanation(Decide(first), tried);
    }

    private RoutingDecision Decide(CompiledRule? rule) => rule?.Decision ?? _undecided;

    /// <summary>Where a reply says that it belongs: the newest letter's system first, then the case's.</summary>
    private RoutingDecision? Home(RoutedMessage message, Func<string, string?> fagsystemNamed)
    {
        if (!_ruleSet.RepliesFindHome || message.Kind != MessageKind.Reply)
            return null;

        var header = message.Memo.MessageHeader;
        foreach (var reply in header.ReplyData)
        {
            if (reply.GeneratingSystemID is { } system && fagsystemNamed(system) is { } key)
                return new RoutingDecision(RoutingBasis.Reply, key, null, ["ReplyData/generatingSystemID"]);
        }

        return header.ContentData?.CaseID?.CaseSystem is { } caseSystem && fagsystemNamed(caseSystem) is { } its
            ? new RoutingDecision(RoutingBasis.Reply, its, null, ["ContentData/CaseID/caseSystem"])
            : null;
    }
}
