using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Domain.Tests;

/// <summary>What ends in a log by accident, through <c>{Message}</c> or an exception's text, has no personal data in it.</summary>
public sealed class PrintedDataTests
{
    /// <summary>Looks like a CPR number and has the month 13: it can belong to nobody.</summary>
    private const string Planted = "0113701234";

    private readonly TestMemo _memo = new()
    {
        SenderId = Planted, SenderLabel = Planted, RecipientId = Planted, ContactPointId = Planted, Label = Planted,
        Files = { (Planted, Planted, [1]) }, ExtraHeader = $"<memo:messageID>{Planted}</memo:messageID>",
    };

    [Fact]
    public void What_was_read_prints_no_value_of_the_message()
    {
        var received = Memos.Received(_memo);

        received.Summary.SenderId.ShouldBe(Planted);
        received.ToString().ShouldNotBeNull().ShouldNotContain(Planted);
        received.Summary.ToString().ShouldBe("MessageSummary");
        received.Xml.ToString().ShouldNotContain(Planted);
    }

    [Fact]
    public void The_model_prints_no_value_of_the_message()
    {
        var model = Memos.Model(_memo);

        model.MessageHeader.Sender.SenderID.ShouldBe(Planted);
        model.ToString().ShouldBe("MemoMessage");
        model.MessageHeader.ToString().ShouldBe("MemoHeader");
        model.MessageHeader.Sender.ToString().ShouldBe("MemoSender");
        foreach (var file in model.Files())
            file.ToString().ShouldNotContain(Planted);
    }

    [Fact]
    public void A_message_and_its_files_print_no_value()
    {
        var message = Memos.Message(_memo);

        message.Files[1].FileName.ShouldBe(Planted);
        message.ToString().ShouldNotBeNull().ShouldNotContain(Planted);
        foreach (var file in message.Files)
            file.ToString().ShouldNotBeNull().ShouldNotContain(Planted);
    }

    [Fact]
    public void A_receipt_prints_its_status_only()
    {
        var message = Memos.Message(_memo);
        message.RouteTo("byggesag");
        message.Reject(Rejection.ByFagsystem(Planted, ReceiptStatus.Invalid), Memos.Now);

        message.Receipt.ShouldNotBeNull().MessageId.ShouldBe(Planted);
        message.Receipt.ToString().ShouldBe("Receipt Invalid");
    }

    [Fact]
    public void A_rejection_prints_its_status_only() =>
        Rejection.ByFagsystem(Planted, ReceiptStatus.NotAllowed).ToString().ShouldBe("Rejection NotAllowed");

    [Fact]
    public void A_wrong_transition_names_the_message_by_its_UUID_only()
    {
        var message = Memos.Message(_memo);
        var undesignated = Should.Throw<InvalidOperationException>(() => message.Accept(Memos.Now));
        message.RouteTo("byggesag");
        message.Accept(Memos.Now);
        var decided = Should.Throw<InvalidOperationException>(() => message.Accept(Memos.Now));

        foreach (var exception in new[] { undesignated, decided })
        {
            exception.Message.ShouldContain(message.MessageUuid.ToString());
            exception.Message.ShouldNotContain(Planted);
        }
    }
}
