using System.Net;
using Microsoft.Extensions.Hosting;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>Whatever comes between, a message is at one fagsystem at a time, and what that has said is kept and told.</summary>
[Operation("ReceiveMessage")]
[Operation("DecideMessage")]
public sealed class RaceTests
{
    [Fact]
    public async Task A_sender_that_goes_away_stops_nothing_and_reads_the_receipt_when_it_comes_again()
    {
        await using var delivering = await Delivering.StartAsync();
        var signal = Wait(delivering);
        var memo = new TestMemo();
        using var goAway = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(memo.ToBytes()) };
        request.Content.Headers.ContentType = new("application/xml");
        var sending = delivering.Server.Client.SendAsync(request, goAway.Token);
        await delivering.UntilCalledAsync();

        await goAway.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending);
        signal.SetResult();

        await delivering.UntilDecidedAsync(memo);
        (await delivering.PostAsync(memo)).Body.ShouldContain("COMPLETED");
        delivering.Calls.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Many_of_the_same_while_it_is_on_its_way_are_one_call_and_the_same_receipt()
    {
        await using var delivering = await Delivering.StartAsync();
        var signal = Wait(delivering);
        var memo = new TestMemo();
        var answers = Enumerable.Range(0, 20).Select(_ => delivering.PostAsync(memo)).ToList();
        await delivering.UntilCalledAsync();
        signal.SetResult();

        var all = await Task.WhenAll(answers);

        all.Distinct().ShouldHaveSingleItem();
        all[0].Body.ShouldContain("COMPLETED");
        delivering.Calls.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Many_of_the_same_that_are_not_decided_ask_one_after_the_other_and_never_at_once()
    {
        await using var delivering = await Delivering.StartAsync();
        var (inside, most) = (0, 0);
        delivering.Fagsystem.Answer = async (call, context) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            await StandInAnswers.Status(400)(call, context);
        };
        var memo = new TestMemo();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => delivering.PostAsync(memo)));

        answers.ShouldAllBe(answer => answer.Status == (int)HttpStatusCode.ServiceUnavailable);
        most.ShouldBe(1);
        (await delivering.GetAsync(memo)).Attempts.Select(attempt => attempt.Number).ShouldBe(Enumerable.Range(1, 8));
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_sender_was_told_503_is_kept_and_told_when_it_comes_again()
    {
        await using var delivering = await Delivering.StartAsync(settings: "--PostModtag:DeliveryTimeout=00:00:10");
        var signal = Wait(delivering);
        var memo = new TestMemo();
        var first = delivering.PostAsync(memo);
        await delivering.UntilCalledAsync();

        // The second waits until the first has timed out, so that its own asking goes on when its sender has waited long enough.
        var second = delivering.PostAsync(memo);
        (await first).Status.ShouldBe((int)HttpStatusCode.ServiceUnavailable);
        await delivering.UntilCalledAsync(2);
        (await second).Status.ShouldBe((int)HttpStatusCode.ServiceUnavailable);
        delivering.Server.Log.Lines.ShouldContain(line => line.Contains("[102]", StringComparison.Ordinal) && line.Contains(memo.MessageUuid, StringComparison.Ordinal));
        signal.SetResult();

        await delivering.UntilDecidedAsync(memo);
        (await delivering.PostAsync(memo)).Body.ShouldContain("COMPLETED");
        delivering.Calls.Count().ShouldBe(2);
    }

    [Fact]
    public async Task The_sender_of_a_held_message_that_is_being_asked_about_is_answered_at_once()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var memo = await delivering.LeaveUndecidedAsync(StandInAnswers.Json("RECEIVED"));
        var received = await delivering.PostAsync(memo);
        var signal = Wait(delivering);
        delivering.Clock.Now += TimeSpan.FromSeconds(30);
        await delivering.UntilCalledAsync(2);

        (await delivering.PostAsync(memo)).ShouldBe(received);
        var other = new TestMemo { MessageUuid = memo.MessageUuid, Label = "En anden" };
        var refused = delivering.PostAsync(other);
        signal.SetResult();

        (await refused).Body.ShouldContain("MESSAGE_UUID_REUSED");
        await delivering.UntilDecidedAsync(memo);
        (await delivering.PostAsync(memo)).Body.ShouldContain("COMPLETED");
        delivering.Calls.Count().ShouldBe(2);
    }

    [Fact]
    public async Task While_a_held_message_is_being_asked_about_a_person_decides_nothing()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var memo = await delivering.LeaveUndecidedAsync(StandInAnswers.Json("RECEIVED"));
        var signal = Wait(delivering);
        delivering.Clock.Now += TimeSpan.FromSeconds(30);
        await delivering.UntilCalledAsync(2);

        await (await delivering.Server.CallAsync("POST", $"messages/{memo.Uuid}/decision", """{"action":"REDIRECT","fagsystem":"indbakke","reason":"Nu"}"""))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.MESSAGE_BUSY);
        signal.SetResult();

        (await delivering.UntilDecidedAsync(memo)).Summary.Fagsystem.ShouldBe(Delivering.Key);
    }

    [Fact]
    public async Task A_fagsystem_that_answers_while_the_server_stops_is_heard()
    {
        await using var delivering = await Delivering.StartAsync();
        var signal = Wait(delivering);
        var memo = new TestMemo();
        using var goAway = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(memo.ToBytes()) };
        request.Content.Headers.ContentType = new("application/xml");
        var sending = delivering.Server.Client.SendAsync(request, goAway.Token);
        await delivering.UntilCalledAsync();

        // Its sender is gone, so that no call is left for which the server would wait.
        await goAway.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sending);
        var stopping = delivering.RestartAsync();
        signal.SetResult();
        await stopping;

        (await delivering.GetAsync(memo)).Summary.State.ShouldBe(MessageState.ACCEPTED);
        (await delivering.PostAsync(memo)).Body.ShouldContain("COMPLETED");
        delivering.Calls.Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_held_message_that_is_being_asked_about_while_the_server_stops_is_kept_as_its_fagsystem_says()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var memo = await delivering.LeaveUndecidedAsync(StandInAnswers.Json("RECEIVED"));
        var signal = Wait(delivering);
        delivering.Clock.Now += TimeSpan.FromSeconds(30);
        await delivering.UntilCalledAsync(2);
        var stopping = delivering.RestartAsync();
        signal.SetResult();
        await stopping;

        var message = await delivering.GetAsync(memo);
        (message.Summary.State, message.Attempts.Count).ShouldBe((MessageState.ACCEPTED, 2));
        delivering.Calls.Count().ShouldBe(2);
    }

    [Fact]
    public async Task One_that_does_not_answer_does_not_keep_the_server_from_stopping_and_is_asked_again()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        delivering.Fagsystem.Answer = StandInAnswers.Hang;
        var memo = new TestMemo();
        using var sender = new HttpClient { BaseAddress = delivering.Server.Client.BaseAddress };
        using var body = new ByteArrayContent(memo.ToBytes()) { Headers = { ContentType = new("application/xml") } };
        var answer = sender.PostAsync("PostModtag", body);
        await delivering.UntilCalledAsync();

        await delivering.RestartAsync(() => delivering.Fagsystem.Answer = StandInAnswers.Accept);

        (await (await answer).Content.ReadAsStringAsync()).ShouldContain("RECEIVED");
        (await delivering.GetAsync(memo)).Attempts.Single().Reason.ShouldBe("Timeout");
        delivering.Clock.Now += TimeSpan.FromSeconds(30);
        await delivering.UntilDecidedAsync(memo);
        delivering.Calls.Select(call => call.Header("x-TransaktionsId")).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task What_a_person_has_set_going_is_asked_about_also_when_the_server_ends_before()
    {
        // The first server never comes to what is due.
        var isFirst = true;
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD, configure: services =>
        {
            if (isFirst)
                services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "HeldMessages"));
        });
        var memo = await delivering.LeaveUndecidedAsync(StandInAnswers.Problem(400));
        await delivering.Server.Messages.DecideMessagesAsync(new MessageDecisions { Action = MessageDecisionsAction.RETRY, Reason = "Rettet", Messages = [memo.Uuid] });
        (await delivering.GetAsync(memo)).Attempts.Count.ShouldBe(1);

        delivering.Fagsystem.Answer = StandInAnswers.Accept;
        await delivering.RestartAsync(() => isFirst = false);

        await delivering.UntilDecidedAsync(memo);
        delivering.Calls.Count().ShouldBe(2);
    }

    [Fact]
    public async Task No_field_of_a_message_and_nothing_that_a_fagsystem_said_is_in_the_log()
    {
        const string Planted = "0113709876";
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD, settings: "--Logging:LogLevel:Default=Trace");
        foreach (var answer in new[]
        {
            StandInAnswers.Json("INVALID", Planted, $"Borger {Planted}"), StandInAnswers.Xml("false", StandInAnswers.Fejl(Planted, Planted)), StandInAnswers.Status(500, Planted), StandInAnswers.Status(400, $$"""{"detail":"{{Planted}}"}""", "application/problem+json"),
            StandInAnswers.Status(200, $"<{Planted}", "application/xml"), StandInAnswers.Status(200, $$"""{"receiptStatus":"{{Planted}}"}""", "application/json"), StandInAnswers.Status(401, Planted), StandInAnswers.Status(302, headers: ("Location", $"/{Planted}")),
            StandInAnswers.Status(429, headers: ("Retry-After", Planted)), StandInAnswers.Json(Planted), StandInAnswers.Status(200, Planted, "application/json"),
        })
        {
            delivering.Fagsystem.Answer = answer;
            var memo = new TestMemo { SenderId = Planted, SenderLabel = Planted, Label = Planted };
            (await delivering.PostAsync(memo)).Status.ShouldBe((int)HttpStatusCode.OK);
            if ((await delivering.GetAsync(memo)).Receipt is null)
                await delivering.DecideAsync(memo, MessageDecisionAction.REJECT);
        }

        delivering.Calls.Count().ShouldBe(11);
        delivering.Server.Log.Lines.Where(line => line.Contains(Planted, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static TaskCompletionSource Wait(Delivering delivering)
    {
        var signal = new TaskCompletionSource();
        delivering.Fagsystem.Answer = StandInAnswers.After(signal.Task, StandInAnswers.Accept);
        return signal;
    }
}
