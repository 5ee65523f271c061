using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Domain.Tests;

public sealed class ReceiptTests
{
    private static readonly DateTimeOffset FineTime = new DateTimeOffset(2026, 11, 23, 11, 15, 30, 123, TimeSpan.FromHours(1)).AddTicks(9_999);

    [Fact]
    public void The_receipt_of_an_accepted_message_has_no_error_and_not_an_empty_one_either()
    {
        var message = Accepted();

        message.Receipt.ShouldBe(new Receipt(
            message.TransmissionId, message.MessageUuid, null, ReceiptStatus.Completed, ErrorCode: null, ErrorMessage: null, Memos.Now));
    }

    [Fact]
    public void The_receipt_of_a_rejected_message_says_why()
    {
        var message = Memos.Message();
        message.Reject(Rejection.For(ReceiptError.RecipientNotServed), Memos.Now);

        message.Receipt.ShouldBe(new Receipt(
            message.TransmissionId, message.MessageUuid, null, ReceiptStatus.NotAllowed, "RECIPIENT_NOT_SERVED",
            "Modtageren er ikke en myndighed, som serveren modtager for. | The recipient is not an authority that this server receives for.",
            Memos.Now));
    }

    [Theory]
    [InlineData(ReceiptStatus.Invalid)]
    [InlineData(ReceiptStatus.NotAllowed)]
    public void A_rejection_by_the_fagsystem_has_the_status_and_the_words_of_the_fagsystem(ReceiptStatus status)
    {
        var message = Memos.Message();
        message.RouteTo("byggesag");
        message.Reject(Rejection.ByFagsystem("Sagen er lukket.", status), Memos.Now);

        var receipt = message.Receipt.ShouldNotBeNull();
        (receipt.Status, receipt.ErrorCode, receipt.ErrorMessage).ShouldBe((status, "REJECTED_BY_FAGSYSTEM", "Sagen er lukket."));
    }

    [Fact]
    public void The_receipt_carries_the_messageID_of_the_sender()
    {
        var message = Memos.Message(new TestMemo { ExtraHeader = "<memo:messageID>BYG-1</memo:messageID>" });
        message.Reject(Rejection.For(ReceiptError.BodyMissing), Memos.Now);

        message.Receipt.ShouldNotBeNull().MessageId.ShouldBe("BYG-1");
    }

    [Fact]
    public void A_transmissionId_is_made_once_a_message()
    {
        var memo = Memos.Received();
        var (first, second) = (Receive(memo), Receive(memo));
        var made = first.TransmissionId;

        first.RouteTo("byggesag");
        first.Accept(Memos.Now);

        made.ShouldNotBe(Guid.Empty);
        made.ShouldNotBe(second.TransmissionId);
        first.TransmissionId.ShouldBe(made);
        first.Receipt.ShouldNotBeNull().TransmissionId.ShouldBe(made);
    }

    [Fact]
    public void Times_are_cut_to_milliseconds_and_in_UTC()
    {
        var accepted = Accepted(FineTime);
        var rejected = Memos.Message();
        rejected.Reject(Rejection.For(ReceiptError.BodyMissing), FineTime);
        var copy = RefusedCopy.Refuse(Memos.Received(), FineTime);

        foreach (var time in new[]
        {
            Receive(Memos.Received(), FineTime).ReceivedAt, accepted.Receipt!.TimeStamp, rejected.Receipt!.TimeStamp, copy.ReceivedAt, copy.Receipt.TimeStamp,
        })
        {
            time.ShouldBe(Memos.Now);
            time.Offset.ShouldBe(TimeSpan.Zero);
        }
    }

    [Fact]
    public void Another_body_under_a_used_messageUUID_gets_a_receipt_of_its_own()
    {
        var memo = Memos.Received();
        var (first, copy) = (Receive(memo), RefusedCopy.Refuse(memo, Memos.Now));

        copy.Receipt.TransmissionId.ShouldNotBe(first.TransmissionId);
        copy.Receipt.TransmissionId.ShouldNotBe(Guid.Empty);
        (copy.MessageUuid, copy.Sha256, copy.Length).ShouldBe((memo.MessageUuid, memo.Xml.Sha256, memo.Xml.Length));
        (copy.Receipt.MessageUuid, copy.Receipt.Status, copy.Receipt.ErrorCode).ShouldBe((memo.MessageUuid, ReceiptStatus.NotAllowed, "MESSAGE_UUID_REUSED"));
    }

    private static Message Receive(ReceivedMemo memo, DateTimeOffset? now = null) =>
        Message.Receive(memo, Guid.NewGuid(), "application/xml", now ?? Memos.Now);

    private static Message Accepted(DateTimeOffset? now = null)
    {
        var message = Memos.Message();
        message.RouteTo("byggesag");
        message.Accept(now ?? Memos.Now);
        return message;
    }
}
