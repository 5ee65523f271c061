using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Tests;

public sealed class MessageStateTests
{
    private static readonly Rejection NotServed = Rejection.For(ReceiptError.RecipientNotServed);

    private readonly Message _message = Memos.Message();

    [Fact]
    public void A_new_message_is_received_and_not_decided()
    {
        _message.State.ShouldBe(MessageState.Received);
        _message.Fagsystem.ShouldBeNull();
        _message.Receipt.ShouldBeNull();
        _message.Violations.ShouldBeEmpty();
    }

    [Fact]
    public void A_designated_message_is_not_decided_yet()
    {
        _message.Designate("byggesag");

        _message.State.ShouldBe(MessageState.Received);
        _message.Fagsystem.ShouldBe("byggesag");
        _message.Receipt.ShouldBeNull();
    }

    [Fact]
    public void A_message_may_be_designated_to_the_same_fagsystem_again()
    {
        _message.Designate("byggesag");
        _message.Designate("byggesag");

        _message.Fagsystem.ShouldBe("byggesag");
    }

    [Fact]
    public void A_designated_message_goes_to_no_other_fagsystem()
    {
        _message.Designate("byggesag");

        Should.Throw<InvalidOperationException>(() => _message.Designate("borgerservice"));
        _message.Fagsystem.ShouldBe("byggesag");
    }

    [Fact]
    public void A_designated_message_can_be_accepted()
    {
        _message.Designate("byggesag");
        _message.Accept(Memos.Now);

        _message.State.ShouldBe(MessageState.Accepted);
        _message.Fagsystem.ShouldBe("byggesag");
    }

    [Fact]
    public void A_message_without_a_fagsystem_cannot_be_accepted()
    {
        Should.Throw<InvalidOperationException>(() => _message.Accept(Memos.Now));

        _message.State.ShouldBe(MessageState.Received);
        _message.Receipt.ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("byggesag")]
    public void A_message_can_be_rejected_whether_it_has_a_fagsystem_or_not(string? fagsystem)
    {
        if (fagsystem is not null)
            _message.Designate(fagsystem);
        _message.Reject(NotServed, Memos.Now);

        _message.State.ShouldBe(MessageState.Rejected);
        _message.Fagsystem.ShouldBe(fagsystem);
    }

    [Fact]
    public void An_accepted_message_stays_as_it_is()
    {
        _message.Designate("byggesag");
        _message.Accept(Memos.Now);

        StaysAsItIs();
        _message.State.ShouldBe(MessageState.Accepted);
    }

    [Fact]
    public void A_rejected_message_stays_as_it_is()
    {
        _message.Designate("byggesag");
        _message.Reject(NotServed, Memos.Now);

        StaysAsItIs();
        _message.State.ShouldBe(MessageState.Rejected);
    }

    [Fact]
    public void A_rejected_message_keeps_its_violations()
    {
        var violation = new Violation("/memo:Message", 1, 2, new BilingualText("forventede a", "expected a"));

        _message.Reject(Rejection.For(ReceiptError.SchemaViolation, violation), Memos.Now);

        _message.Violations.ShouldBe([violation]);
    }

    private void StaysAsItIs()
    {
        var (receipt, later) = (_message.Receipt.ShouldNotBeNull(), Memos.Now.AddHours(1));

        Should.Throw<InvalidOperationException>(() => _message.Designate("byggesag"));
        Should.Throw<InvalidOperationException>(() => _message.Accept(later));
        Should.Throw<InvalidOperationException>(() => _message.Reject(Rejection.For(ReceiptError.BodyMissing), later));

        _message.Receipt.ShouldBeSameAs(receipt);
        _message.Fagsystem.ShouldBe("byggesag");
        _message.Violations.ShouldBeEmpty();
    }
}
