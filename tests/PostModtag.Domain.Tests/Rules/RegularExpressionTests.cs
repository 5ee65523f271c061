using PostModtag.Testing;
using static PostModtag.Domain.Rules.ConditionOperator;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules;

/// <summary>Regular expressions take a time in proportion to the text, whatever they are.</summary>
public sealed class RegularExpressionTests
{
    /// <summary>With backtracking each of these would outlive us all on this text: they only end because there is none.</summary>
    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("^(a|aa)+$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(.*a){20}c")]
    public void No_expression_runs_away(string pattern) =>
        Takes(Message(new TestMemo { Label = new string('a', 200) + "!" }), Where("label", Matches, pattern)).ShouldBeFalse();

    [Theory]
    [InlineData(@"(a)\1")]
    [InlineData("(?=bygge)")]
    [InlineData("(?<!sag)s")]
    [InlineData("(?>a+)b")]
    public void What_cannot_be_had_without_backtracking_cannot_be_asked(string pattern) =>
        Should.Throw<ArgumentException>(() => Takes(Message(), Where("label", Matches, pattern)));

    [Theory]
    [InlineData("(")]
    [InlineData("[a-")]
    [InlineData("*")]
    public void What_is_no_expression_cannot_be_asked(string pattern) =>
        Should.Throw<ArgumentException>(() => Takes(Message(), Where("label", Matches, pattern)));

    /// <summary>Written out, each of these is more states than any machine holds.</summary>
    [Theory]
    [InlineData("(?:a{1000}){1000}")]
    [InlineData("((a{0,100}){0,100}){0,100}")]
    [InlineData("(((((((a{10}){10}){10}){10}){10}){10}){10}){10}")]
    [InlineData(@"\w{0,30000}x")]
    [InlineData(@"(?:\w{1,1000}x){1,100}")]
    public void What_is_very_large_when_written_out_cannot_be_asked(string pattern) =>
        Should.Throw<ArgumentException>(() => Takes(Message(), Where("label", Matches, pattern)));

    [Fact]
    public void Brackets_in_one_another_as_many_as_a_value_has_room_for_end_no_stack() =>
        Takes(Message(new TestMemo { Label = "byg" }), Where("label", Matches, new string('(', 499) + "y" + new string(')', 499))).ShouldBeTrue();

    [Fact]
    public void An_expression_can_ignore_letter_case_in_a_part_of_it_by_itself() =>
        Takes(Message(new TestMemo { Label = "Byg-17" }), Where("label", Matches, "^(?i:BYG)-[0-9]+$").CaseSensitive()).ShouldBeTrue();
}
