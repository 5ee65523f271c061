using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Domain.Tests;

/// <summary>What comes of asking a message's fagsystem, and of a person's decision, as the message itself keeps it.</summary>
public sealed class DeliveryStateTests
{
    private static readonly DateTimeOffset Later = Memos.Now.AddMinutes(1);

    private readonly Message _message = Memos.Message();

    public DeliveryStateTests() => _message.RouteTo("esdh");

    [Theory]
    [InlineData(UndecidedReason.NotAuthorized, DeliveryConcern.Configuration)]
    [InlineData(UndecidedReason.NotAnEndpoint, DeliveryConcern.Configuration)]
    [InlineData(UndecidedReason.CredentialLost, DeliveryConcern.Configuration)]
    [InlineData(UndecidedReason.NotTaken, DeliveryConcern.Person)]
    [InlineData(UndecidedReason.Timeout, DeliveryConcern.None)]
    [InlineData(UndecidedReason.TakesNone, DeliveryConcern.None)]
    public void Why_it_is_not_decided_says_who_must_see_to_it(UndecidedReason reason, DeliveryConcern concern)
    {
        var attempt = _message.Record(new DeliveryOutcome.Undecided(reason, 418), Memos.Now, Later);

        attempt.ShouldBe(new DeliveryAttempt(1, "esdh", Memos.Now, Later, DeliveryResult.Undecided, reason, 418));
        (_message.State, _message.Concern, _message.Answer).ShouldBe((MessageState.Received, concern, null));
    }

    [Fact]
    public void Until_when_it_may_be_being_asked_is_known_until_it_is_known_how_that_ended()
    {
        foreach (var end in new Action<Message>[]
        {
            message => message.Record(new DeliveryOutcome.Undecided(UndecidedReason.Timeout, null), Memos.Now, Later),
            message => message.Record(new DeliveryOutcome.Accepted(), Memos.Now, Later),
            message => message.Retry(Later),
            message => message.Redirect("sap", Later),
            message => message.Reject(Rejection.ByPerson("Nej"), Later),
        })
        {
            var message = Memos.Message();
            message.RouteTo("esdh");
            message.BeginAsking(Later);
            message.AskingUntil.ShouldBe(Later);
            end(message);
            message.AskingUntil.ShouldBeNull();
        }

        _message.Record(new DeliveryOutcome.Accepted(), Memos.Now, Later);
        Should.Throw<InvalidOperationException>(() => _message.BeginAsking(Later));
    }

    [Fact]
    public void The_next_time_tells_whether_the_concern_is_still_there()
    {
        _message.Record(new DeliveryOutcome.Undecided(UndecidedReason.NotAuthorized, 401), Memos.Now, Memos.Now);
        _message.Record(new DeliveryOutcome.Taken(), Memos.Now, Memos.Now).ShouldBe(new DeliveryAttempt(2, "esdh", Memos.Now, Memos.Now, DeliveryResult.Taken, null, null));
        _message.Concern.ShouldBe(DeliveryConcern.None);
    }

    [Fact]
    public void What_was_accepted_or_rejected_is_decided()
    {
        _message.Record(new DeliveryOutcome.Rejected(Rejection.Relayed("SAG-7", ReceiptStatus.Invalid, "Nej")), Memos.Now, Later).Result.ShouldBe(DeliveryResult.Rejected);
        (_message.Receipt!.Status, _message.Receipt.ErrorCode, _message.Receipt.ErrorMessage).ShouldBe((ReceiptStatus.Invalid, "SAG-7", "Nej"));

        var other = Memos.Message();
        other.RouteTo("esdh");
        other.Record(new DeliveryOutcome.Accepted(), Memos.Now, Later).Result.ShouldBe(DeliveryResult.Accepted);
        other.State.ShouldBe(MessageState.Accepted);
    }

    [Fact]
    public void A_held_message_has_the_same_answer_however_long_it_is_held()
    {
        _message.Hold(Later, Memos.Now);
        var answer = _message.Answer.ShouldNotBeNull();

        _message.Record(new DeliveryOutcome.Undecided(UndecidedReason.Timeout), Later, Later);
        _message.Hold(Later.AddHours(1), Later);
        _message.Retry(Later);
        _message.Redirect("andet", Later);

        _message.Answer.ShouldBe(answer);
        (answer.Status, answer.TimeStamp, answer.TransmissionId).ShouldBe((ReceiptStatus.Received, Memos.Now, _message.TransmissionId));
        _message.Accept(Later);
        _message.Answer.ShouldBe(_message.Receipt);
        _message.Receipt!.TransmissionId.ShouldBe(answer.TransmissionId);
    }

    [Fact]
    public void Only_a_held_message_is_given_up()
    {
        Should.Throw<InvalidOperationException>(_message.GiveUp);
        _message.Hold(Later, Memos.Now);
        _message.GiveUp();
        (_message.State, _message.NextAttemptAt, _message.Concern).ShouldBe((MessageState.Held, null, DeliveryConcern.GivenUp));
    }

    [Fact]
    public void A_retry_makes_it_due_whether_it_is_held_or_sent_again_by_its_sender()
    {
        _message.Retry(Later);
        (_message.State, _message.NextAttemptAt, _message.HoldingSince).ShouldBe((MessageState.Received, Later, null));

        _message.Record(new DeliveryOutcome.Undecided(UndecidedReason.Timeout), Later, Later);
        _message.NextAttemptAt.ShouldBeNull();
        _message.Hold(Later.AddHours(1), Later);
        _message.Retry(Later.AddMinutes(5));
        (_message.State, _message.NextAttemptAt, _message.HoldingSince, _message.HeldAt).ShouldBe((MessageState.Held, Later.AddMinutes(5), Later.AddMinutes(5), Later));
    }

    [Fact]
    public void One_that_is_sent_elsewhere_is_asked_about_there()
    {
        _message.Record(new DeliveryOutcome.Undecided(UndecidedReason.NotTaken, 400), Memos.Now, Memos.Now);
        _message.Redirect("andet", Later);
        (_message.Fagsystem, _message.NextAttemptAt, _message.Concern).ShouldBe(("andet", Later, DeliveryConcern.None));
        _message.Record(new DeliveryOutcome.Accepted(), Later, Later).Fagsystem.ShouldBe("andet");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_decided_message_is_not_asked_about_held_or_decided_again(bool isAccepted)
    {
        if (isAccepted)
            _message.Accept(Memos.Now);
        else
            _message.Reject(Rejection.ByPerson("Ikke vores"), Memos.Now);
        var receipt = _message.Receipt;

        Should.Throw<InvalidOperationException>(() => _message.Record(new DeliveryOutcome.Accepted(), Later, Later));
        Should.Throw<InvalidOperationException>(() => _message.Hold(Later, Later));
        Should.Throw<InvalidOperationException>(() => _message.Retry(Later));
        Should.Throw<InvalidOperationException>(() => _message.Redirect("andet", Later));
        Should.Throw<InvalidOperationException>(_message.GiveUp);

        _message.Receipt.ShouldBeSameAs(receipt);
        (_message.Fagsystem, _message.Attempts, _message.HeldAt, _message.NextAttemptAt).ShouldBe(("esdh", 0, null, null));
    }

    [Fact]
    public void A_message_without_a_fagsystem_has_none_that_could_be_asked() =>
        Should.Throw<InvalidOperationException>(() => Memos.Message().Record(new DeliveryOutcome.Accepted(), Memos.Now, Memos.Now));
}
