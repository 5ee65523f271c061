using PostModtag.Domain.Messages;
using PostModtag.Testing;
using PostModtag.Domain.Rules;

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
    public void A_routed_message_keeps_what_decided_and_is_not_decided_yet()
    {
        _message.Route(new RoutingDecision(RoutingBasis.Rule, "byggesag", "Byggesager", ["kind equals new"]), 7, WhenUndecided.Hold, Memos.Now);

        _message.State.ShouldBe(MessageState.Received);
        _message.Fagsystem.ShouldBe("byggesag");
        _message.Receipt.ShouldBeNull();
        var routing = _message.Routing.ShouldNotBeNull();
        (routing.Version, routing.Basis, routing.Rule, routing.WhenUndecided).ShouldBe((7, RoutingBasis.Rule, "Byggesager", WhenUndecided.Hold));
        routing.Reasons.ShouldBe(["kind equals new"]);
    }

    [Theory]
    [InlineData("byggesag")]
    [InlineData("borgerservice")]
    public void A_message_is_routed_once(string fagsystem)
    {
        _message.RouteTo("byggesag");

        Should.Throw<InvalidOperationException>(() => _message.RouteTo(fagsystem));
        _message.Fagsystem.ShouldBe("byggesag");
    }

    [Fact]
    public void A_message_that_no_rule_takes_is_rejected()
    {
        _message.Route(new RoutingDecision(RoutingBasis.Rejected, null, null, []), 7, WhenUndecided.Hold, Memos.Now);

        _message.State.ShouldBe(MessageState.Rejected);
        _message.Fagsystem.ShouldBeNull();
        _message.Routing.ShouldNotBeNull().Version.ShouldBe(7);
        var receipt = _message.Receipt.ShouldNotBeNull();
        (receipt.Status, receipt.ErrorCode).ShouldBe((ReceiptStatus.NotAllowed, "NO_RULE_MATCHED"));
    }

    [Fact]
    public void A_routed_message_can_be_accepted()
    {
        _message.RouteTo("byggesag");
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
            _message.RouteTo(fagsystem);
        _message.Reject(NotServed, Memos.Now);

        _message.State.ShouldBe(MessageState.Rejected);
        _message.Fagsystem.ShouldBe(fagsystem);
    }

    [Fact]
    public void An_accepted_message_stays_as_it_is()
    {
        _message.RouteTo("byggesag");
        _message.Accept(Memos.Now);

        StaysAsItIs();
        _message.State.ShouldBe(MessageState.Accepted);
    }

    [Fact]
    public void A_rejected_message_stays_as_it_is()
    {
        _message.RouteTo("byggesag");
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

        Should.Throw<InvalidOperationException>(() => _message.RouteTo("byggesag"));
        Should.Throw<InvalidOperationException>(() => _message.Accept(later));
        Should.Throw<InvalidOperationException>(() => _message.Reject(Rejection.For(ReceiptError.BodyMissing), later));

        _message.Receipt.ShouldBeSameAs(receipt);
        _message.Fagsystem.ShouldBe("byggesag");
        _message.Violations.ShouldBeEmpty();
    }
}
