using Microsoft.Extensions.Options;
using PostModtag.Application.Deliveries;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Tests;

/// <summary>When a held message's fagsystem is asked again.</summary>
public sealed class HoldScheduleTests
{
    private static readonly DeliveryOutcome Failed = new DeliveryOutcome.Undecided(UndecidedReason.ServerError, 503);

    private readonly PostModtagOptions _options = new() { HoldFirstDelay = TimeSpan.FromSeconds(10), HoldMaxDelay = TimeSpan.FromSeconds(70), HoldFor = TimeSpan.FromDays(30) };
    private readonly Message _message = NewMessage();
    private DateTimeOffset _now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_waits_double_up_to_the_longest_and_half_of_each_is_left_to_chance()
    {
        foreach (var whole in new[] { 10, 20, 40, 70, 70, 70 })
            Next(Failed).ShouldBeInRange(whole / 2.0, whole);
    }

    [Fact]
    public void Messages_that_failed_at_once_are_not_asked_about_at_once()
    {
        var waits = Enumerable.Range(0, 50).Select(_ => Wait(NewMessage(), Failed)).ToList();
        waits.ShouldAllBe(wait => wait >= 5 && wait <= 10);
        (waits.Max() - waits.Min()).ShouldBeGreaterThan(1);
    }

    [Fact]
    public void What_its_fagsystem_asks_for_counts_when_it_is_longer()
    {
        Next(new DeliveryOutcome.Undecided(UndecidedReason.TooManyRequests, 429, TimeSpan.FromSeconds(300))).ShouldBe(300);
        Next(new DeliveryOutcome.Undecided(UndecidedReason.TooManyRequests, 429, TimeSpan.FromSeconds(1))).ShouldBeInRange(10, 20);
        Next(new DeliveryOutcome.Undecided(UndecidedReason.TooManyRequests, 429, TimeSpan.FromDays(10_000))).ShouldBe(TimeSpan.FromDays(1).TotalSeconds);
    }

    [Theory]
    [InlineData(UndecidedReason.TooManyAtOnce)]
    [InlineData(UndecidedReason.CircuitOpen)]
    public void One_that_was_only_put_off_comes_soon_again_and_does_not_wait_longer_for_it(UndecidedReason reason)
    {
        Next(Failed);
        for (var i = 0; i < 5; i++)
            Next(new DeliveryOutcome.Undecided(reason)).ShouldBeInRange(1, 2);
        Next(Failed).ShouldBeInRange(10, 20);
    }

    [Fact]
    public void A_message_that_its_fagsystem_has_taken_waits_as_one_that_failed()
    {
        Next(new DeliveryOutcome.Taken()).ShouldBeInRange(5, 10);
        Next(new DeliveryOutcome.Taken()).ShouldBeInRange(10, 20);
    }

    [Fact]
    public void However_often_it_was_asked_the_wait_is_the_longest()
    {
        (_options.HoldFirstDelay, _options.HoldMaxDelay, _options.HoldFor) = (TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(10_000));
        for (var i = 0; i < 100; i++)
            Next(Failed);
        Next(Failed).ShouldBeLessThanOrEqualTo(TimeSpan.FromDays(7).TotalSeconds);
    }

    [Fact]
    public void It_is_asked_a_last_time_when_its_time_is_over_and_then_a_person_decides()
    {
        _options.HoldFor = TimeSpan.FromSeconds(12);
        var wait = Next(Failed);
        (wait + Next(Failed)).ShouldBe(12, 0.001);
        Hold(Failed);
        (_message.State, _message.NextAttemptAt, _message.Concern).ShouldBe((MessageState.Held, null, DeliveryConcern.GivenUp));
    }

    [Fact]
    public void A_person_s_decision_begins_anew()
    {
        _options.HoldFor = TimeSpan.FromMinutes(10);
        for (var i = 0; i < 6; i++)
            Next(Failed);
        var heldAt = _message.HeldAt;

        _message.Retry(_now);
        Next(Failed).ShouldBeInRange(5, 10);
        _now += TimeSpan.FromMinutes(9);
        Hold(Failed);

        (_message.Concern, _message.HeldAt).ShouldBe((DeliveryConcern.None, heldAt));
    }

    [Fact]
    public void One_that_a_person_must_look_at_is_not_asked_about_again()
    {
        Hold(new DeliveryOutcome.Undecided(UndecidedReason.NotTaken, 400));
        (_message.State, _message.NextAttemptAt, _message.Concern).ShouldBe((MessageState.Held, null, DeliveryConcern.Person));
    }

    private static Message NewMessage()
    {
        var message = Message.Receive(
            new ReceivedMemo
            {
                MessageUuid = Guid.NewGuid(),
                Xml = new ContentReference(new string('a', 64), 1),
                MemoVersion = "1.2",
                Summary = new MessageSummary(null, null, null, null, null, null, null),
                Memo = null,
                Rejection = null,
            },
            Guid.NewGuid(), "application/xml", DateTimeOffset.UnixEpoch);
        message.Route(new RoutingDecision(RoutingBasis.NoRules, "esdh", null, []), null, WhenUndecided.Hold, DateTimeOffset.UnixEpoch);
        return message;
    }

    /// <summary>Lets its time come, and asks.</summary>
    private double Next(DeliveryOutcome outcome)
    {
        Hold(outcome);
        var wait = (_message.NextAttemptAt!.Value - _now).TotalSeconds;
        _now = _message.NextAttemptAt.Value;
        return wait;
    }

    private void Hold(DeliveryOutcome outcome)
    {
        _message.Record(outcome, _now, _now);
        new HoldSchedule(Options.Create(_options)).Hold(_message, outcome, _now);
    }

    private double Wait(Message message, DeliveryOutcome outcome)
    {
        message.Record(outcome, _now, _now);
        new HoldSchedule(Options.Create(_options)).Hold(message, outcome, _now);
        return (message.NextAttemptAt!.Value - _now).TotalSeconds;
    }
}
