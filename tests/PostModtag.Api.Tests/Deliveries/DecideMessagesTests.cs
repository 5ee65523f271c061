using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>A person decides about many messages at once; each is decided for itself, and no fagsystem is run over.</summary>
[Operation("DecideMessages")]
[Operation("FindMessages")]
public sealed class DecideMessagesTests
{
    [Theory]
    [InlineData(WhenUndecided.RESEND)]
    [InlineData(WhenUndecided.HOLD)]
    public async Task RETRY_of_a_list_has_each_asked_about_and_says_of_each_what_became_of_it(WhenUndecided whenUndecided)
    {
        await using var delivering = await Delivering.StartAsync(whenUndecided);
        var decided = new TestMemo();
        await delivering.PostAsync(decided);
        var memos = new[] { await delivering.LeaveUndecidedAsync(), await delivering.LeaveUndecidedAsync(), await delivering.LeaveUndecidedAsync() };
        var (busy, unknown) = (memos[2], Guid.NewGuid());
        delivering.Fagsystem.Answer = StandInAnswers.Accept;
        await using (await delivering.Server.Services.GetRequiredService<MessageTurns>().TakeAsync(busy.Uuid, TimeSpan.Zero))
        {
            var answer = await DecideAsync(delivering, new MessageDecisions
            {
                Action = MessageDecisionsAction.RETRY, Reason = "ESDH er oppe", Messages = [memos[0].Uuid, decided.Uuid, unknown, memos[1].Uuid, busy.Uuid, memos[0].Uuid],
            });

            answer.Messages.Select(message => (message.MessageUUID, message.Outcome, message.Code)).ShouldBe(
            [
                (memos[0].Uuid, DecidedMessageOutcome.DUE, null),
                (decided.Uuid, DecidedMessageOutcome.REFUSED, AdministrationProblemCode.MESSAGE_DECIDED),
                (unknown, DecidedMessageOutcome.REFUSED, AdministrationProblemCode.NOT_FOUND),
                (memos[1].Uuid, DecidedMessageOutcome.DUE, null),
                (busy.Uuid, DecidedMessageOutcome.REFUSED, AdministrationProblemCode.MESSAGE_BUSY),
            ]);
            answer.Messages.ShouldAllBe(message => (message.Code == null) == (message.Detail == null));
            answer.NextCursor.ShouldBeNull();
        }

        foreach (var memo in memos[..2])
        {
            (await delivering.UntilDecidedAsync(memo)).Attempts.Count.ShouldBe(2);
            (await delivering.PostAsync(memo)).Body.ShouldContain("COMPLETED");
            var entry = (await delivering.DecisionsAsync(memo)).ShouldHaveSingleItem();
            (entry.Actor, entry.Action, entry.Detail).ShouldBe(("Bente", AuditAction.MESSAGE_RETRIED, $"message {memo.Uuid} asked {Delivering.Key} again: ESDH er oppe"));
        }

        (await delivering.GetAsync(busy)).Attempts.Count.ShouldBe(1);
        (await delivering.DecisionsAsync(busy)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_its_sender_sends_again_is_asked_about_once_and_not_held_when_that_fails()
    {
        await using var delivering = await Delivering.StartAsync();
        var memo = await delivering.LeaveUndecidedAsync();
        await DecideAsync(delivering, new MessageDecisions { Action = MessageDecisionsAction.RETRY, Reason = "Måske nu", Messages = [memo.Uuid] });
        var message = await delivering.UntilAsync(memo, known => known.Attempts.Count == 2);
        (message.Summary.State, message.NextAttemptAt).ShouldBe((MessageState.RECEIVED, null));
        (await delivering.PostAsync(memo)).Status.ShouldBe((int)HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Many_do_not_run_over_their_fagsystem()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD, rest: rest => rest.MaxConcurrency = 2);
        var memos = new List<TestMemo>();
        for (var i = 0; i < 15; i++)
            memos.Add(await delivering.LeaveUndecidedAsync(StandInAnswers.Json("RECEIVED")));
        var (inside, most) = (0, 0);
        delivering.Fagsystem.Answer = async (call, context) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            await StandInAnswers.Accept(call, context);
        };

        var answer = await DecideAsync(delivering, new MessageDecisions { Action = MessageDecisionsAction.RETRY, Reason = "Nu", Filter = new MessageSelection { Fagsystem = Delivering.Key } });

        answer.Messages.Count.ShouldBe(15);
        foreach (var memo in memos)
            (await delivering.UntilDecidedAsync(memo)).Attempts.Count.ShouldBe(2);
        most.ShouldBe(1);
    }

    [Fact]
    public async Task A_filter_finds_what_it_says_and_no_more()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var configuration = await delivering.LeaveUndecidedAsync(StandInAnswers.Status(401));
        var person = await delivering.LeaveUndecidedAsync(StandInAnswers.Problem(400));
        var none = await delivering.LeaveUndecidedAsync(StandInAnswers.Json("RECEIVED"));
        delivering.Fagsystem.Answer = StandInAnswers.Accept;
        var accepted = new TestMemo { SenderId = "0113705555" };
        await delivering.PostAsync(accepted);

        foreach (var (concern, memo) in new[] { (DeliveryConcern.CONFIGURATION, configuration), (DeliveryConcern.PERSON, person) })
            (await delivering.Server.Messages.FindMessagesAsync(concern: concern)).Result.Messages.Single().MessageUUID.ShouldBe(memo.Uuid);
        (await delivering.Server.Messages.FindMessagesAsync(concern: DeliveryConcern.NONE, state: MessageState.HELD)).Result.Messages.Single().MessageUUID.ShouldBe(none.Uuid);
        (await delivering.Server.Messages.FindMessagesAsync(concern: DeliveryConcern.GIVEN_UP)).Result.Messages.ShouldBeEmpty();

        (await RejectAsync(new MessageSelection { Sender = accepted.SenderId })).ShouldBeEmpty();
        (await RejectAsync(new MessageSelection { Fagsystem = "indbakke" })).ShouldBeEmpty();
        (await RejectAsync(new MessageSelection { Fagsystem = Delivering.Key, State = MessageState.RECEIVED })).ShouldBeEmpty();
        (await RejectAsync(new MessageSelection { ReceivedBefore = delivering.Clock.Now })).ShouldBeEmpty();
        (await RejectAsync(new MessageSelection { Concern = DeliveryConcern.PERSON })).ShouldBe([person.Uuid]);
        (await RejectAsync(new MessageSelection { Recipient = Setup.Authority, Concern = DeliveryConcern.CONFIGURATION })).ShouldBe([configuration.Uuid]);
        (await RejectAsync(new MessageSelection { ReceivedFrom = delivering.Clock.Now, State = MessageState.HELD })).ShouldBe([none.Uuid]);
        (await delivering.PostAsync(person)).Body.ShouldContain("REJECTED_BY_AUTHORITY");
        (await delivering.PostAsync(accepted)).Body.ShouldContain("COMPLETED");

        async Task<IEnumerable<Guid>> RejectAsync(MessageSelection filter)
        {
            var answer = await DecideAsync(delivering, new MessageDecisions { Action = MessageDecisionsAction.REJECT, Reason = "Ikke vores", Filter = filter });
            answer.Messages.ShouldAllBe(message => message.Outcome == DecidedMessageOutcome.REJECTED);
            return answer.Messages.Select(message => message.MessageUUID);
        }
    }

    [Fact]
    public async Task REDIRECT_sends_those_that_the_filter_finds_below_the_cursor_to_another()
    {
        await using var other = await StandInFagsystem.StartAsync();
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        await delivering.Server.RegisterRestAsync("andet", other.Url);
        var memos = new List<TestMemo>();
        for (var i = 0; i < 3; i++)
            memos.Add(await delivering.LeaveUndecidedAsync(StandInAnswers.Json("RECEIVED")));
        var cursor = (await delivering.Server.Messages.FindMessagesAsync(pageSize: 1)).Result.NextCursor;

        var answer = await DecideAsync(delivering, new MessageDecisions
        {
            Action = MessageDecisionsAction.REDIRECT, Fagsystem = "andet", Reason = "ESDH er lukket", Filter = new MessageSelection { Fagsystem = Delivering.Key }, Cursor = cursor,
        });

        answer.Messages.Select(message => message.MessageUUID).ShouldBe([memos[1].Uuid, memos[0].Uuid]);
        foreach (var memo in memos[..2])
            (await delivering.UntilDecidedAsync(memo)).Attempts.Select(attempt => attempt.Fagsystem).ShouldBe([Delivering.Key, "andet"]);
        other.Calls.Select(call => call.MessageUuid).ShouldBe([memos[1].Uuid, memos[0].Uuid], ignoreOrder: true);
        (await delivering.GetAsync(memos[2])).Summary.Fagsystem.ShouldBe(Delivering.Key);
    }

    [Fact]
    public async Task More_than_two_hundred_that_a_filter_finds_are_decided_two_hundred_in_a_call()
    {
        await using var delivering = await Delivering.StartAsync();
        delivering.Fagsystem.Answer = StandInAnswers.Status(401);
        var memos = Enumerable.Range(0, 201).Select(_ => new TestMemo()).ToList();
        await Parallel.ForEachAsync(memos, async (memo, _) => await delivering.PostAsync(memo));
        var decision = new MessageDecisions { Action = MessageDecisionsAction.REJECT, Reason = "Ikke vores", Filter = new MessageSelection { Fagsystem = Delivering.Key } };

        var first = await DecideAsync(delivering, decision);
        decision.Cursor = first.NextCursor.ShouldNotBeNull();
        var second = await DecideAsync(delivering, decision);

        (first.Messages.Count, second.Messages.Count, second.NextCursor).ShouldBe((200, 1, null));
        first.Messages.Concat(second.Messages).Select(message => message.MessageUUID).ShouldBe(memos.Select(memo => memo.Uuid), ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_no_decision_about_many_is_refused_at_its_place()
    {
        await using var delivering = await Delivering.StartAsync();
        var memo = await delivering.LeaveUndecidedAsync();
        foreach (var (body, places) in new (object, string[])[]
        {
            (new { action = "RETRY", reason = "Nu" }, ["messages"]),
            (new { action = "RETRY", reason = "Nu", messages = new[] { memo.Uuid }, filter = new { concern = "NONE" } }, ["messages"]),
            (new { action = "RETRY", reason = "Nu", messages = Array.Empty<Guid>() }, ["messages"]),
            (new { action = "RETRY", reason = "Nu", messages = Enumerable.Range(0, 1_001).Select(_ => Guid.NewGuid()) }, ["messages"]),
            (new { action = "RETRY", reason = "Nu", filter = new { } }, ["filter"]),
            (new { action = "RETRY", reason = "Nu", filter = new { state = "HELD" } }, ["filter"]),
            (new { action = "RETRY", reason = "Nu", filter = new { state = "ACCEPTED", fagsystem = "esdh" } }, ["filter.state"]),
            (new { action = "RETRY", reason = "Nu", filter = new { sender = new string('1', 257) } }, ["filter"]),
            (new { action = "RETRY", reason = "Nu", filter = new { fagsystem = "esdh" }, cursor = "k1" }, ["filter"]),
            (new { action = "RETRY", reason = "Nu", filter = new { receivedFrom = "2026-11-23T10:00:00Z", receivedBefore = "2026-11-22T10:00:00Z" } }, ["filter"]),
            (new { action = "RETRY", reason = "", messages = new[] { memo.Uuid } }, ["reason"]),
            (new { action = "REDIRECT", reason = "Nu", messages = new[] { memo.Uuid } }, ["fagsystem"]),
        })
        {
            var refused = await delivering.Server.CallAsync("POST", "messages/decisions", JsonSerializer.Serialize(body));
            (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places().ShouldBe(places);
        }

        (await delivering.DecisionsAsync(memo)).ShouldBeEmpty();
        (await delivering.GetAsync(memo)).Attempts.Count.ShouldBe(1);
    }

    private static async Task<DecidedMessages> DecideAsync(Delivering delivering, MessageDecisions decisions) =>
        (await delivering.Server.Messages.DecideMessagesAsync(decisions, "Bente")).Result;
}
