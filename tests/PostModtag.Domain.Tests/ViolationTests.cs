using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Tests;

public sealed class ViolationTests
{
    private static readonly BilingualText Expected = new("forventede et tal", "expected a number");

    [Fact]
    public void A_violation_is_a_sentence_with_its_place_in_Danish_and_in_English() =>
        new Violation("/memo:Message/@memoVersion", 3, 14, Expected).Sentence.ShouldBe(new BilingualText(
            "/memo:Message/@memoVersion (linje 3, kolonne 14): forventede et tal.",
            "/memo:Message/@memoVersion (line 3, column 14): expected a number."));

    [Fact]
    public void A_violation_of_the_message_as_a_whole_has_no_line_or_column() =>
        new Violation("/memo:Message/memo:MessageHeader", 0, 0, Expected).Sentence.ShouldBe(new BilingualText(
            "/memo:Message/memo:MessageHeader: forventede et tal.",
            "/memo:Message/memo:MessageHeader: expected a number."));

    [Fact]
    public void Lines_and_columns_are_written_without_separators() =>
        new Violation("/a", 12_345, 67_890, Expected).Sentence.English.ShouldBe("/a (line 12345, column 67890): expected a number.");

    [Fact]
    public void A_text_in_two_languages_prints_Danish_first() =>
        Expected.ToString().ShouldBe("forventede et tal | expected a number");
}
