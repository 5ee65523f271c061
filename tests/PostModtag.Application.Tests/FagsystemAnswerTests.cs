using PostModtag.Application.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Tests;

public sealed class FagsystemAnswerTests
{
    [Fact]
    public void An_accept_has_no_rejection() => FagsystemAnswer.Accept().Rejection.ShouldBeNull();

    [Fact]
    public void A_reject_keeps_its_reason_as_it_is()
    {
        var rejection = FagsystemAnswer.Reject("Sagen er lukket.").Rejection!;
        rejection.Code.ShouldBe(ReceiptError.RejectedByFagsystem.Code);
        rejection.Status.ShouldBe(ReceiptStatus.NotAllowed);
        rejection.Message.ShouldBe("Sagen er lukket.");
        FagsystemAnswer.RejectAsInvalid("Kan ikke læses.").Rejection!.Status.ShouldBe(ReceiptStatus.Invalid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_reject_without_a_reason_is_refused(string reason) => Should.Throw<ArgumentException>(() => FagsystemAnswer.Reject(reason));

    [Fact]
    public void A_reason_is_cut_at_its_longest_and_made_writable_as_XML()
    {
        FagsystemAnswer.Reject(new string('x', 3_000)).Rejection!.Message.Length.ShouldBe(FagsystemAnswer.MaxReasonLength);
        FagsystemAnswer.Reject("a\u0001\ud83db \ud83d\udce8").Rejection!.Message.ShouldBe("a\ufffd\ufffdb \ud83d\udce8");
    }
}
