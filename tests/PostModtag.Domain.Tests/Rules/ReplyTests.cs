using PostModtag.Domain.Rules;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules;

/// <summary>A reply finds home to the fagsystem that it is a reply to, before the rules are asked.</summary>
public sealed class ReplyTests
{
    private static readonly RuleSet Rules = new([Rule("alt", 1, "hovedpost")]);

    private static readonly Dictionary<string, string> Registered = new() { ["SYS-1"] = "esdh", ["SYS-2"] = "byggesag", ["Klitborg ESDH"] = "esdh-sager" };

    [Fact]
    public void A_reply_goes_to_the_fagsystem_that_its_generatingSystemID_names()
    {
        var decision = Route(Rules, Reply("SYS-2"));

        decision.ShouldSay(new RoutingDecision(RoutingBasis.Reply, "byggesag", null, ["ReplyData/generatingSystemID"]));
    }

    [Fact]
    public void A_reply_goes_to_the_fagsystem_that_its_caseSystem_names()
    {
        var decision = Route(Rules, Message(CaseSystem("Klitborg ESDH") + ReplyData(null)));

        decision.ShouldSay(new RoutingDecision(RoutingBasis.Reply, "esdh-sager", null, ["ContentData/CaseID/caseSystem"]));
    }

    [Fact]
    public void The_generatingSystemID_counts_before_the_caseSystem() =>
        Route(Rules, Message(CaseSystem("Klitborg ESDH") + ReplyData("SYS-2"))).Fagsystem.ShouldBe("byggesag");

    [Fact]
    public void Of_several_letters_the_newest_that_names_a_fagsystem_counts()
    {
        Route(Rules, Reply(null, "SYS-2", "SYS-1")).Fagsystem.ShouldBe("byggesag");
        Route(Rules, Reply("UKENDT", "SYS-1", "SYS-2")).Fagsystem.ShouldBe("esdh");
    }

    [Fact]
    public void A_name_that_no_fagsystem_has_falls_to_the_rules()
    {
        Route(Rules, Reply("UKENDT")).Rule.ShouldBe("alt");
        Route(Rules, Message(CaseSystem("Et andet ESDH") + ReplyData(null))).Rule.ShouldBe("alt");
        Route(Rules, Reply([null])).Rule.ShouldBe("alt");
    }

    [Fact]
    public void Switched_off_a_reply_is_asked_by_the_rules_as_any_other_letter()
    {
        var rules = Rules with { RepliesFindHome = false };

        Route(rules, Reply("SYS-1")).Rule.ShouldBe("alt");
        Route(rules with { Rules = [Rule("svar", 1, "svarpost", Where("kind", EqualTo, "reply"))] }, Reply("SYS-1")).Rule.ShouldBe("svar");
    }

    [Fact]
    public void A_letter_that_is_no_reply_is_asked_by_the_rules_also_when_it_names_a_case() =>
        Route(Rules, Message(CaseSystem("Klitborg ESDH"))).Rule.ShouldBe("alt");

    [Fact]
    public void The_explanation_of_a_reply_that_found_home_has_tried_no_rules()
    {
        var explanation = Router.Compile(Rules).Explain(Reply("SYS-1"), Day, Named);

        explanation.Decision.Fagsystem.ShouldBe("esdh");
        explanation.Tried.ShouldBeEmpty();
    }

    private static RoutingDecision Route(RuleSet rules, RoutedMessage message)
    {
        var decision = Router.Compile(rules).Route(message, Day, Named);
        Router.Compile(rules).Explain(message, Day, Named).Decision.ShouldSay(decision);
        return decision;
    }

    private static string? Named(string name) => Registered.GetValueOrDefault(name);

    private static RoutedMessage Reply(params string?[] systems) => Message(string.Concat(systems.Select(ReplyData)));

    private static string ReplyData(string? system) => $"""
        <memo:ReplyData><memo:messageUUID>d0000000-0000-4000-8000-000000000001</memo:messageUUID>
          {(system is null ? "" : $"<memo:generatingSystemID>{system}</memo:generatingSystemID>")}
        </memo:ReplyData>
        """;

    private static string CaseSystem(string name) =>
        $"<memo:ContentData><memo:CaseID><memo:caseID>S-1</memo:caseID><memo:caseSystem>{name}</memo:caseSystem></memo:CaseID></memo:ContentData>";
}
