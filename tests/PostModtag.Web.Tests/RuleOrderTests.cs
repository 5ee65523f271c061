using PostModtag.Domain.Rules;
using PostModtag.Web.Rules;

namespace PostModtag.Web.Tests;

/// <summary>A rule that is moved gets the place that it was given, and no other rule is changed.</summary>
public sealed class RuleOrderTests
{
    [Theory]
    [InlineData("10,20,30", 2, 0)]
    [InlineData("10,20,30", 0, 2)]
    [InlineData("10,20,30", 0, 1)]
    [InlineData("10,11,12", 2, 1)]
    [InlineData("10,11,12", 0, 1)]
    [InlineData("1,1,1,1", 3, 0)]
    [InlineData("1,1,1,1", 0, 2)]
    [InlineData("1,5,5,9", 3, 1)]
    [InlineData("0,1", 1, 0)]
    public void It_comes_to_its_place_and_only_it_is_changed(string priorities, int from, int to)
    {
        List<DistributionRule> before = [.. priorities.Split(',').Select((priority, i) => new DistributionRule($"regel {i}", int.Parse(priority, null), [], "byg"))];
        var expected = before.Select(rule => rule.Name).ToList();
        var name = expected[from];
        expected.RemoveAt(from);
        expected.Insert(to, name);

        var after = RuleOrder.Move(before, from, to);

        new RuleSet(after).InOrder.Select(rule => rule.Name).ShouldBe(expected);
        after.Where(rule => rule.Name != name).ShouldBe(before.Where(rule => rule.Name != name));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public void A_place_that_there_is_not_changes_nothing(int from, int to)
    {
        List<DistributionRule> rules = [.. Enumerable.Range(1, 3).Select(i => new DistributionRule($"regel {i}", i, [], "byg"))];
        RuleOrder.Move(rules, from, to).ShouldBe(rules);
    }
}
