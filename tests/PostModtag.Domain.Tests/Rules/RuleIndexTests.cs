using PostModtag.Domain.Rules;
using PostModtag.Testing;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules;

/// <summary>What the router's index could get wrong, and what it is for. An explanation asks every rule and knows no index.</summary>
public sealed class RuleIndexTests
{
    private const string Number = "ContentData/ProductionUnit/productionUnitNumber";

    /// <summary>Letters whose capitals are not one letter of the same length, or that stand in two halves.</summary>
    [Theory]
    [InlineData("ß", "ẞ")]
    [InlineData("ı", "I")]
    [InlineData("i", "İ")]
    [InlineData("ſ", "S")]
    [InlineData("k", "\u212A")]
    [InlineData("å", "\u212B")]
    [InlineData("å", "Å")]
    [InlineData("σ", "ς")]
    [InlineData("ǆ", "ǅ")]
    [InlineData("𐐨", "𐐀")]
    [InlineData("😀", "😁")]
    public void Letters_meet_in_the_index_as_they_do_in_the_conditions(string one, string other)
    {
        foreach (var (asked, said) in new[] { (one, other), (other, one), (one, one) })
        {
            foreach (var @operator in new[] { EqualTo, Under, StartsWith, Contains })
            {
                // Enough rules beside it that it is not asked by the way.
                var rules = Enumerable.Range(0, 40).Select(i => Rule($"r{i}", 2, "a", Where("label", @operator, $"{asked}{i}"))).Append(Rule("den", 1, "a", Where("label", @operator, asked)));
                var router = Router.Compile(new RuleSet([.. rules]));
                var message = Message(new TestMemo { Label = @operator == Contains ? $"x{said}" : said });

                router.Route(message, Day, _ => null).Rule.ShouldBe(router.Explain(message, Day, _ => null).Decision.Rule, $"{asked} {@operator} {said}");
            }
        }
    }

    [Fact]
    public void Parts_that_begin_alike_end_alike_and_stand_in_each_other_are_all_found()
    {
        string[] parts = ["a", "ab", "bc", "abc", "abcd", "c", "cab", "bcab", "xyz"];
        foreach (var label in new[] { "abcab", "xabcdx", "bbbc", "cabc", "xy", "xyxyz", "ABCAB" })
        {
            foreach (var first in parts)
            {
                // Whichever part has the first priority decides when it is in the label.
                var rules = parts.Select(part => Rule(part, part == first ? 1 : 2, "a", Where("label", Contains, part)));
                Route([.. rules], new TestMemo { Label = label }).ShouldBe(label.Contains(first, StringComparison.OrdinalIgnoreCase) ? first : parts.FirstOrDefault(part => label.Contains(part, StringComparison.OrdinalIgnoreCase)));
            }
        }
    }

    [Fact]
    public void A_number_is_looked_up_as_a_number_however_the_rule_writes_it()
    {
        string[] written = ["17", " 18", "019", "+20", "21.0", "-0"];
        DistributionRule[] rules = [.. written.Select(number => Rule(number, 1, "a", Where(Number, EqualTo, number)))];

        new[] { 17, 18, 19, 20, 21, 0, 22 }.Select(number => Route(rules, Unit(number))).ShouldBe([.. written, null]);
    }

    [Fact]
    public void Rules_with_many_values_and_many_conditions_are_all_found()
    {
        string[] Values(int from) => [.. Enumerable.Range(from, 60).Select(i => $"v{i}")];
        DistributionRule[] rules = [.. Enumerable.Range(0, 200).Select(i => Rule($"r{i}", 1, "a",
            Where("label", EqualTo, Values(i)), Where("messageCode", EqualTo, Values(i + 1)), Where("postType", EqualTo, Values(i + 2)), Where("Sender/label", EqualTo, Values(i + 3))))];

        foreach (var i in new[] { 0, 1, 59, 60, 100, 199 })
        {
            var memo = new TestMemo { Label = $"v{i + 59}", SenderLabel = $"v{i + 62}", ExtraHeader = $"<memo:messageCode>v{i + 60}</memo:messageCode><memo:postType>v{i + 61}</memo:postType>" };
            Route(rules, memo).ShouldBe($"r{i}");
        }
    }

    [Fact]
    public void Routing_takes_no_memory()
    {
        DistributionRule[] rules =
        [
            Rule("r0", 1, "a", Where("label", Matches, "^x[0-9]+$"), Where("size", Greater, "10")),
            .. Enumerable.Range(1, 300).Select(i => Rule($"r{i}", i, "a",
                Where(Number, EqualTo, $"{i}"), Where("label", Contains, $"{i}", "y"), Where("fileName", StartsWith, "z").Not(), Where("mandatory", EqualTo, "false"),
                Where("fileCount", Less, "2"), Where("Recipient/ContactPoint/ContactInfo[CPR]/value", Exists).Not(), Where("messageUUID", Exists))),
        ];
        var (router, message) = (Router.Compile(new RuleSet(rules)), Message(Unit(290)));

        // At first the compiler takes some by the way.
        Enumerable.Range(0, 200).Select(_ => Allocated(router, message)).ShouldContain(0);
        router.Route(message, Day, NoName).Rule.ShouldBe("r290");
    }

    private static long Allocated(Router router, RoutedMessage message)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
            router.Route(message, Day, NoName);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string? NoName(string name) => null;

    private static string? Route(DistributionRule[] rules, TestMemo memo) => new RuleSet(rules).Route(Message(memo)).Rule;

    private static TestMemo Unit(int number) => new()
    {
        Label = $"enhed {number}",
        ExtraHeader = $"""
            <memo:ContentData><grd:ProductionUnit xmlns:grd="https://data.gov.dk/model/core/">
              <grd:productionUnitNumber>{number}</grd:productionUnitNumber>
            </grd:ProductionUnit></memo:ContentData>
            """,
    };
}
