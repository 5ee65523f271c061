using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Tests;

public sealed class RejectionTests
{
    [Fact]
    public void Without_violations_the_text_is_that_of_the_code_in_Danish_and_in_English()
    {
        var rejection = Rejection.For(ReceiptError.BodyMissing);

        rejection.Message.ShouldBe("En DIGITALPOST-meddelelse skal have et indhold (MessageBody). | A DIGITALPOST message must have a body (MessageBody).");
        rejection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public void Violations_are_spelled_out_after_the_text_of_the_code_in_both_languages()
    {
        Rejection.For(ReceiptError.SchemaViolation, Violations(2)).Message.ShouldBe(
            "Meddelelsen følger ikke MeMo-skemaet. /sted1 (linje 1, kolonne 7): forventede 1. /sted2 (linje 2, kolonne 7): forventede 2. | "
            + "The message does not follow the MeMo schema. /sted1 (line 1, column 7): expected 1. /sted2 (line 2, column 7): expected 2.");
    }

    [Fact]
    public void Ten_violations_are_all_spelled_out()
    {
        var message = Rejection.For(ReceiptError.SchemaViolation, Violations(10)).Message;

        message.ShouldContain("/sted10 (linje 10, kolonne 7): forventede 10. | ");
        message.ShouldEndWith("/sted10 (line 10, column 7): expected 10.");
    }

    [Theory]
    [InlineData(11, 1)]
    [InlineData(12, 2)]
    [InlineData(99, 89)]
    public void Of_more_than_ten_violations_the_rest_are_counted(int violations, int rest)
    {
        var rejection = Rejection.For(ReceiptError.SchemaViolation, Violations(violations));

        rejection.Message.ShouldContain($"/sted10 (linje 10, kolonne 7): forventede 10. Og {rest} mere. | ");
        rejection.Message.ShouldEndWith($"/sted10 (line 10, column 7): expected 10. And {rest} more.");
        rejection.Message.ShouldNotContain("/sted11");
    }

    [Fact]
    public void When_as_many_are_kept_as_there_can_be_there_may_be_more() =>
        Rejection.For(ReceiptError.SchemaViolation, Violations(Violation.MostKept)).Message.ShouldEndWith("expected 10. And at least 90 more.");

    [Fact]
    public void All_violations_are_kept_also_those_that_are_not_spelled_out()
    {
        var violations = Violations(11);

        Rejection.For(ReceiptError.SchemaViolation, violations).Violations.ShouldBe(violations);
    }

    [Fact]
    public void A_rejection_has_the_status_of_its_code()
    {
        foreach (var error in ReceiptError.All)
            Rejection.For(error).Status.ShouldBe(error.Status);
    }

    [Fact]
    public void A_fagsystem_rejects_in_its_own_words()
    {
        var rejection = Rejection.ByFagsystem("Sagen er lukket.", ReceiptStatus.Invalid);

        rejection.Code.ShouldBe(ReceiptError.RejectedByFagsystem.Code);
        rejection.Status.ShouldBe(ReceiptStatus.Invalid);
        rejection.Message.ShouldBe("Sagen er lukket.");
        rejection.Violations.ShouldBeEmpty();
    }

    private static List<Violation> Violations(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new Violation($"/sted{i}", i, 7, new BilingualText($"forventede {i}", $"expected {i}")))];
}
