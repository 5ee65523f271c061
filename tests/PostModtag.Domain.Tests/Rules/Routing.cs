using PostModtag.Domain.Rules;
using PostModtag.Testing;

namespace PostModtag.Domain.Tests.Rules;

/// <summary>Messages, conditions and rules in as few words as a test needs.</summary>
internal static class Routing
{
    public static readonly DateOnly Day = new(2026, 11, 23);

    public static RoutedMessage Message(string header = "") => Message(new TestMemo { ExtraHeader = header });

    public static RoutedMessage Message(TestMemo memo, long size = 1_234) => new(Memos.Model(memo), size);

    /// <summary>One of the examples, whose XML stands in the repository.</summary>
    public static RoutedMessage Example(string name) =>
        new(Domain.Memo.MemoMessage.From(Memos.Tree(File.ReadAllText(Path.Combine(Examples.Folder, "valid", name)))), 1_234);

    public static RoutedMessage WithSubjectKey(string key) => Message($"""
        <memo:ContentData><kle:KLEdata xmlns:kle="http://kle-online.dk/">
          <kle:subjectKey>{key}</kle:subjectKey><kle:version>2026-02</kle:version><kle:label>Emne</kle:label>
        </kle:KLEdata></memo:ContentData>
        """);

    public static Condition Where(string field, ConditionOperator @operator, params string[] values) => new(field, @operator, values);

    public static Condition Not(this Condition condition) => condition with { Not = true };

    public static Condition CaseSensitive(this Condition condition) => condition with { CaseSensitive = true };

    public static DistributionRule Rule(string name, int priority, string fagsystem, params Condition[] conditions) =>
        new(name, priority, conditions, fagsystem);

    /// <summary>Routes by rules alone: no fagsystem can be named by a reply.</summary>
    public static RoutingDecision Route(this RuleSet rules, RoutedMessage message, DateOnly? day = null) =>
        Router.Compile(rules).Route(message, day ?? Day, _ => null);

    /// <summary>Whether a rule with these conditions takes the message; the explanation must say the same.</summary>
    public static bool Takes(RoutedMessage message, params Condition[] conditions)
    {
        var router = Router.Compile(new RuleSet([Rule("regel", 1, "byggesag", conditions)]));
        var decision = router.Route(message, Day, _ => null);
        router.Explain(message, Day, _ => null).Decision.ShouldSay(decision);
        return decision.Rule is not null;
    }

    public static void ShouldSay(this RoutingDecision decision, RoutingDecision expected)
    {
        (decision.Basis, decision.Fagsystem, decision.Rule).ShouldBe((expected.Basis, expected.Fagsystem, expected.Rule));
        decision.Reasons.ShouldBe(expected.Reasons);
    }
}
