using System.Net;
using System.Text.Json;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>A person decides about a message that is not decided, with a reason, in the audit trail, and never after a final receipt.</summary>
[Operation("DecideMessage")]
public sealed class DecideMessageTests
{
    [Theory]
    [InlineData(WhenUndecided.RESEND)]
    [InlineData(WhenUndecided.HOLD)]
    public async Task RETRY_asks_the_same_fagsystem_now_and_answers_how_it_stands_then(WhenUndecided whenUndecided)
    {
        await using var delivering = await Delivering.StartAsync(whenUndecided);
        var memo = await delivering.LeaveUndecidedAsync();

        (await delivering.DecideAsync(memo, MessageDecisionAction.RETRY)).Result.State.ShouldBe(whenUndecided == WhenUndecided.HOLD ? MessageState.HELD : MessageState.RECEIVED);
        delivering.Fagsystem.Answer = StandInAnswers.Accept;
        var decided = (await delivering.DecideAsync(memo, MessageDecisionAction.RETRY)).Result;

        (decided.State, decided.Fagsystem, decided.Concern).ShouldBe((MessageState.ACCEPTED, Delivering.Key, DeliveryConcern.NONE));
        delivering.Calls.Select(call => (call.MessageUuid, call.Header("x-TransaktionsId"), call.Sha256)).Distinct().Count().ShouldBe(1);
        delivering.Calls.Count().ShouldBe(3);
        (await delivering.PostAsync(memo)).Body.ShouldContain("COMPLETED");
        (await delivering.DecisionsAsync(memo)).Select(entry => (entry.Actor, entry.Action, entry.Fagsystem, entry.Detail)).ShouldBe(Enumerable.Repeat(
            ("Bente", AuditAction.MESSAGE_RETRIED, (string?)Delivering.Key, $"message {memo.Uuid} asked {Delivering.Key} again: Aftalt"), 2));
    }

    [Theory]
    [InlineData(WhenUndecided.RESEND)]
    [InlineData(WhenUndecided.HOLD)]
    public async Task REDIRECT_sends_it_to_another_with_the_same_bytes_and_the_first_is_not_asked_again(WhenUndecided whenUndecided)
    {
        await using var other = await StandInFagsystem.StartAsync();
        await using var delivering = await Delivering.StartAsync(whenUndecided);
        await delivering.Server.RegisterRestAsync("andet", other.Url);
        var memo = await delivering.LeaveUndecidedAsync(StandInAnswers.Problem(400));

        var decided = (await delivering.DecideAsync(memo, MessageDecisionAction.REDIRECT, "andet")).Result;

        (decided.State, decided.Fagsystem).ShouldBe((MessageState.ACCEPTED, "andet"));
        var (first, second) = (delivering.Calls.ShouldHaveSingleItem(), other.Calls.ShouldHaveSingleItem());
        (second.Sha256, second.Header("x-TransaktionsId"), second.Header("Content-Type")).ShouldBe((first.Sha256, first.Header("x-TransaktionsId"), first.Header("Content-Type")));
        var message = await delivering.GetAsync(memo);
        message.Attempts.Select(attempt => (attempt.Number, attempt.Fagsystem, attempt.Result)).ShouldBe([(1, Delivering.Key, DeliveryAttemptResult.UNDECIDED), (2, "andet", DeliveryAttemptResult.ACCEPTED)]);
        (message.Routing!.Fagsystem, message.Routing.Rule).ShouldBe(("andet", "Alt"));
        (await delivering.PostAsync(memo)).Body.ShouldContain("COMPLETED");
        (await delivering.DecisionsAsync(memo)).Single().Detail.ShouldBe($"message {memo.Uuid} from {Delivering.Key} to andet: Aftalt");
    }

    [Fact]
    public async Task A_message_that_another_does_not_decide_either_only_goes_to_that_one_again_and_is_held_anew()
    {
        await using var other = await StandInFagsystem.StartAsync();
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        await delivering.Server.RegisterRestAsync("andet", other.Url);
        var memo = await delivering.LeaveUndecidedAsync();
        delivering.Clock.Now += TimeSpan.FromDays(4);
        await delivering.UntilAsync(memo, message => message.Concern == DeliveryConcern.GIVEN_UP);
        other.Answer = StandInAnswers.Status(503);

        var redirected = (await delivering.DecideAsync(memo, MessageDecisionAction.REDIRECT, "andet")).Result;

        (redirected.State, redirected.Concern).ShouldBe((MessageState.HELD, DeliveryConcern.NONE));
        ((await delivering.GetAsync(memo)).NextAttemptAt!.Value - delivering.Clock.Now).TotalSeconds.ShouldBeInRange(15, 30);
        other.Answer = StandInAnswers.Accept;
        delivering.Clock.Now += TimeSpan.FromSeconds(30);
        await delivering.UntilDecidedAsync(memo);
        (delivering.Calls.Count(), other.Calls.Count).ShouldBe((2, 2));
    }

    [Theory]
    [InlineData(WhenUndecided.RESEND)]
    [InlineData(WhenUndecided.HOLD)]
    public async Task REJECT_is_final_and_the_sender_reads_why(WhenUndecided whenUndecided)
    {
        await using var delivering = await Delivering.StartAsync(whenUndecided);
        var memo = await delivering.LeaveUndecidedAsync();

        (await delivering.DecideAsync(memo, MessageDecisionAction.REJECT)).Result.State.ShouldBe(MessageState.REJECTED);

        var (status, body) = await delivering.PostAsync(memo);
        var receipt = JsonDocument.Parse(body).RootElement;
        (status, receipt.Text("receiptStatus"), receipt.Text("errorCode"), receipt.Text("errorMessage")).ShouldBe((200, "NOT_ALLOWED", "REJECTED_BY_AUTHORITY", "Aftalt"));
        var message = await delivering.GetAsync(memo);
        (message.Concern, message.NextAttemptAt, message.Attempts.Count).ShouldBe((DeliveryConcern.NONE, null, 1));
        delivering.Calls.Count().ShouldBe(1);
    }

    [Fact]
    public async Task After_a_final_receipt_nothing_is_decided_any_more()
    {
        await using var delivering = await Delivering.StartAsync();
        var (accepted, rejected) = (new TestMemo(), new TestMemo());
        var receipt = await delivering.PostAsync(accepted);
        delivering.Fagsystem.Answer = StandInAnswers.Json("INVALID", "X", "Y");
        await delivering.PostAsync(rejected);

        foreach (var memo in new[] { accepted, rejected })
        {
            foreach (var decision in new[] { Body("RETRY"), Body("REDIRECT", "indbakke"), Body("REJECT") })
            {
                await (await delivering.Server.CallAsync("POST", $"messages/{memo.Uuid}/decision", decision))
                    .ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.MESSAGE_DECIDED);
            }

            (await delivering.DecisionsAsync(memo)).ShouldBeEmpty();
        }

        (await delivering.PostAsync(accepted)).ShouldBe(receipt);
        delivering.Calls.Count().ShouldBe(2);
    }

    [Fact]
    public async Task While_it_is_on_its_way_nothing_is_decided_and_what_the_fagsystem_says_counts()
    {
        await using var delivering = await Delivering.StartAsync();
        var signal = new TaskCompletionSource();
        delivering.Fagsystem.Answer = StandInAnswers.After(signal.Task, StandInAnswers.Accept);
        var memo = new TestMemo();
        var answer = delivering.PostAsync(memo);
        await delivering.UntilCalledAsync();

        foreach (var decision in new[] { Body("RETRY"), Body("REDIRECT", "indbakke"), Body("REJECT") })
        {
            await (await delivering.Server.CallAsync("POST", $"messages/{memo.Uuid}/decision", decision))
                .ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.MESSAGE_BUSY);
        }

        signal.SetResult();
        (await answer).Body.ShouldContain("COMPLETED");
        (await delivering.DecisionsAsync(memo)).ShouldBeEmpty();
        delivering.Calls.Count().ShouldBe(1);
    }

    [Fact]
    public async Task What_is_no_decision_is_refused_at_its_place_and_nothing_is_done()
    {
        await using var delivering = await Delivering.StartAsync();
        var memo = await delivering.LeaveUndecidedAsync();
        await delivering.Server.Fagsystemer.ChangeFagsystemAsync(new FagsystemChange { Name = "I", Owner = "O", Kind = FagsystemKind.INBOX, State = FagsystemState.PAUSED }, "indbakke", "*");
        foreach (var (body, places) in new (string, string[])[]
        {
            (Body("RETRY", reason: ""), ["reason"]),
            (Body("RETRY", reason: "   "), ["reason"]),
            (Body("REJECT", reason: new string('x', 1_001)), ["reason"]),
            (Body("RETRY", "indbakke"), ["fagsystem"]),
            (Body("REJECT", "indbakke"), ["fagsystem"]),
            (Body("REDIRECT"), ["fagsystem"]),
            (Body("REDIRECT", "indbakke"), ["fagsystem"]),
            (Body("REDIRECT", "intet"), ["fagsystem"]),
            (Body("REDIRECT", reason: ""), ["reason", "fagsystem"]),
        })
        {
            var refused = await delivering.Server.CallAsync("POST", $"messages/{memo.Uuid}/decision", body);
            (await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places().ShouldBe(places);
        }

        await (await delivering.Server.CallAsync("POST", $"messages/{memo.Uuid}/decision", Body("ACCEPT"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID);
        await (await delivering.Server.CallAsync("POST", $"messages/{Guid.NewGuid()}/decision", Body("RETRY"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);
        delivering.Calls.Count().ShouldBe(1);
        (await delivering.DecisionsAsync(memo)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_decisions_at_once_one_is_final_and_the_others_are_refused()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var memo = await delivering.LeaveUndecidedAsync();
        delivering.Fagsystem.Answer = StandInAnswers.Accept;

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => delivering.Server.CallAsync("POST", $"messages/{memo.Uuid}/decision", Body(i % 2 == 0 ? "REJECT" : "RETRY"))));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(11);
        (await delivering.DecisionsAsync(memo)).Count.ShouldBe(1);
        var message = await delivering.GetAsync(memo);
        delivering.Calls.Count().ShouldBe(message.Summary.State == MessageState.REJECTED ? 1 : 2);
    }

    private static string Body(string action, string? fagsystem = null, string reason = "Aftalt") =>
        JsonSerializer.Serialize(new { action, fagsystem, reason });
}
