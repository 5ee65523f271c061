using System.Net;
using System.Text.Json;
using PostModtag.Application.Fagsystemer;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>Where an authority has chosen to hold: its senders are told RECEIVED, and this server asks again.</summary>
[Operation("ReceiveMessage")]
public sealed class HoldTests
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/xml")]
    public async Task The_sender_is_told_RECEIVED_byte_for_byte_the_same_until_there_is_a_final_receipt(string accept)
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        delivering.Fagsystem.Answer = StandInAnswers.Status(503);
        var memo = new TestMemo();
        var first = await BytesAsync(delivering, memo, accept);
        delivering.Clock.Now += TimeSpan.FromSeconds(10);
        (await BytesAsync(delivering, memo, accept)).ShouldBe(first);
        System.Text.Encoding.UTF8.GetString(first).ShouldContain("RECEIVED");
        delivering.Calls.Count().ShouldBe(1);

        // Asked again after half a minute: still nothing, and still the same. Then it is accepted.
        delivering.Clock.Now += TimeSpan.FromSeconds(20);
        await delivering.UntilAsync(memo, message => message.Attempts.Count == 2);
        (await BytesAsync(delivering, memo, accept)).ShouldBe(first);
        delivering.Fagsystem.Answer = StandInAnswers.Accept;
        delivering.Clock.Now += TimeSpan.FromMinutes(1);
        var decided = await delivering.UntilDecidedAsync(memo);

        var final = await BytesAsync(delivering, memo, accept);
        System.Text.Encoding.UTF8.GetString(final).ShouldContain("COMPLETED");
        (await BytesAsync(delivering, memo, accept)).ShouldBe(final);
        System.Text.Encoding.UTF8.GetString(final).ShouldContain(decided.Receipt!.TransmissionId.ToString());
        System.Text.Encoding.UTF8.GetString(first).ShouldContain(decided.Receipt.TransmissionId.ToString());
        delivering.Calls.Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_rejection_that_comes_later_is_the_final_receipt_as_it_is()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var memo = await delivering.LeaveUndecidedAsync(StandInAnswers.Json("RECEIVED"));
        delivering.Fagsystem.Answer = StandInAnswers.Json("INVALID", "BILAG_MANGLER", "Der mangler et bilag.");
        delivering.Clock.Now += TimeSpan.FromSeconds(30);
        await delivering.UntilDecidedAsync(memo);

        var receipt = JsonDocument.Parse((await delivering.PostAsync(memo)).Body).RootElement;
        (receipt.Text("receiptStatus"), receipt.Text("errorCode"), receipt.Text("errorMessage")).ShouldBe(("INVALID", "BILAG_MANGLER", "Der mangler et bilag."));
        (await delivering.GetAsync(memo)).Attempts.Select(attempt => attempt.Result).ShouldBe([DeliveryAttemptResult.TAKEN, DeliveryAttemptResult.REJECTED]);
    }

    [Fact]
    public async Task It_waits_longer_each_time_and_when_its_time_is_over_it_is_asked_once_more_and_given_to_a_person()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD, settings: "--PostModtag:HoldFor=00:02:00");
        var heldAt = delivering.Clock.Now;
        var memo = await delivering.LeaveUndecidedAsync();
        var waits = new List<double>();
        var message = await delivering.GetAsync(memo);
        while (message.NextAttemptAt is { } next)
        {
            waits.Add((next - delivering.Clock.Now).TotalSeconds);
            delivering.Clock.Now = next;
            var attempts = message.Attempts.Count;
            message = await delivering.UntilAsync(memo, known => known.Attempts.Count > attempts);
        }

        waits[0].ShouldBeInRange(15, 30);
        waits[1].ShouldBeInRange(30, 60);
        delivering.Clock.Now.ShouldBe(heldAt.AddMinutes(2));
        (message.Concern, message.Summary.State, message.Receipt).ShouldBe((DeliveryConcern.GIVEN_UP, MessageState.HELD, null));
        await Eventually.BeSoAsync(() => GivenUp() == 1, () => "It is said in the log, once it is kept.");
        (await delivering.PostAsync(memo)).Body.ShouldContain("RECEIVED");

        // A person has it asked again, and it is held anew.
        await delivering.DecideAsync(memo, MessageDecisionAction.RETRY);
        message = await delivering.GetAsync(memo);
        message.Concern.ShouldBe(DeliveryConcern.NONE);
        (message.NextAttemptAt!.Value - delivering.Clock.Now).TotalSeconds.ShouldBeInRange(15, 30);
        message.HeldAt.ShouldBe(heldAt);
        GivenUp().ShouldBe(1);

        int GivenUp() => delivering.Server.Log.Lines.Count(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("[109]", StringComparison.Ordinal) && line.Contains(memo.MessageUuid, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_is_set_up_wrong_to_the_end_is_given_to_a_person_too()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD, settings: "--PostModtag:HoldFor=00:00:10");
        var memo = await delivering.LeaveUndecidedAsync(StandInAnswers.Status(401));
        (await delivering.GetAsync(memo)).Concern.ShouldBe(DeliveryConcern.CONFIGURATION);
        delivering.Clock.Now += TimeSpan.FromSeconds(10);
        (await delivering.UntilAsync(memo, message => message.NextAttemptAt is null)).Concern.ShouldBe(DeliveryConcern.GIVEN_UP);
    }

    [Fact]
    public async Task A_Retry_After_of_years_counts_for_a_day()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var memo = await delivering.LeaveUndecidedAsync(StandInAnswers.Status(429, headers: ("Retry-After", "2000000000")));
        (await delivering.GetAsync(memo)).NextAttemptAt.ShouldBe(delivering.Clock.Now.AddDays(1));
    }

    [Fact]
    public async Task Held_messages_are_asked_about_after_a_restart_under_the_same_transaction()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var memo = await delivering.LeaveUndecidedAsync();
        var received = await delivering.PostAsync(memo);
        await delivering.RestartAsync(() => delivering.Clock.Now += TimeSpan.FromMinutes(1));

        (await delivering.PostAsync(memo)).ShouldBe(received);
        delivering.Fagsystem.Answer = StandInAnswers.Accept;
        delivering.Clock.Now += TimeSpan.FromHours(1);
        await delivering.UntilDecidedAsync(memo);

        (await delivering.PostAsync(memo)).Body.ShouldContain("COMPLETED");
        delivering.Calls.Select(call => (call.Header("x-TransaktionsId"), call.Sha256)).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task What_the_authority_has_chosen_counts_as_it_was_when_the_message_came()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var held = await delivering.LeaveUndecidedAsync();
        await delivering.Server.PublishAsync(Setup.Everything(Delivering.Key));

        (await delivering.PostAsync(held)).Status.ShouldBe((int)HttpStatusCode.OK);
        var resent = await delivering.LeaveUndecidedAsync();
        (await delivering.PostAsync(resent)).Status.ShouldBe((int)HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task After_the_rules_were_changed_it_only_goes_to_the_same_fagsystem()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var memo = await delivering.LeaveUndecidedAsync();
        await delivering.Server.PublishAsync(Setup.Everything("indbakke"));
        delivering.Clock.Now += TimeSpan.FromSeconds(30);
        await delivering.UntilAsync(memo, message => message.Attempts.Count == 2);
        delivering.Calls.Count(call => call.MessageUuid == memo.Uuid).ShouldBe(2);
        (await delivering.GetAsync(memo)).Summary.Fagsystem.ShouldBe(Delivering.Key);
    }

    [Fact]
    public async Task One_for_a_paused_fagsystem_waits_and_is_delivered_when_it_is_active_again()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        await SetStateAsync(delivering, FagsystemState.PAUSED);
        var memo = await delivering.LeaveUndecidedAsync(StandInAnswers.Accept);
        (await delivering.GetAsync(memo)).Attempts.Single().Reason.ShouldBe("TakesNone");

        await SetStateAsync(delivering, FagsystemState.ACTIVE);
        delivering.Clock.Now += TimeSpan.FromSeconds(30);
        await delivering.UntilDecidedAsync(memo);
        delivering.Calls.Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_handler_in_the_process_that_throws_is_asked_again_too()
    {
        var script = new Script();
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD, configure: script.Register);
        await delivering.Server.PublishAsync(Setup.Everything(Script.FagsystemName, WhenUndecided.HOLD));
        script.Answer = (_, _) => throw new InvalidOperationException("ikke nu");
        var memo = await delivering.LeaveUndecidedAsync();
        (await delivering.GetAsync(memo)).Attempts.Single().Reason.ShouldBe("HandlerFailed");

        script.Answer = (_, _) => Task.FromResult(FagsystemAnswer.Accept());
        delivering.Clock.Now += TimeSpan.FromSeconds(30);
        (await delivering.UntilDecidedAsync(memo)).Receipt!.ReceiptStatus.ShouldBe("COMPLETED");
        script.Deliveries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Many_that_are_due_at_once_go_a_few_at_a_time_and_leave_room_for_one_that_comes_in()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD, rest: rest => rest.MaxConcurrency = 4);
        delivering.Fagsystem.Answer = StandInAnswers.Json("RECEIVED");
        var held = Enumerable.Range(0, 12).Select(_ => new TestMemo()).ToList();
        foreach (var memo in held)
            await delivering.PostAsync(memo);
        var (signal, before) = (new TaskCompletionSource(), delivering.Calls.Count());
        delivering.Fagsystem.Answer = StandInAnswers.After(signal.Task, StandInAnswers.Accept);

        delivering.Clock.Now += TimeSpan.FromSeconds(30);
        await Eventually.BeSoAsync(() => delivering.Calls.Count() == before + 2);
        var fresh = delivering.PostAsync(new TestMemo());
        await Eventually.BeSoAsync(() => delivering.Calls.Count() == before + 3);
        (await delivering.ConnectionAsync()).UnderWay.ShouldBe(3);

        signal.SetResult();
        (await fresh).Body.ShouldContain("COMPLETED");
        foreach (var memo in held)
            (await delivering.UntilDecidedAsync(memo)).Attempts.Select(attempt => attempt.Result).ShouldBe([DeliveryAttemptResult.TAKEN, DeliveryAttemptResult.ACCEPTED]);
    }

    [Fact]
    public async Task Held_messages_of_one_that_hangs_do_not_delay_those_of_another()
    {
        await using var other = await StandInFagsystem.StartAsync();
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        await delivering.Server.RegisterRestAsync("andet", other.Url);
        var rules = Setup.Rules(Setup.Rule("Død", Delivering.Key, Setup.When("label", ConditionOperator.Equals, "Død")), Setup.Rule("Resten", "andet"));
        rules.WhenUndecided = WhenUndecided.HOLD;
        await delivering.Server.PublishAsync(rules);
        delivering.Fagsystem.Answer = other.Answer = StandInAnswers.Json("RECEIVED");
        var dead = Enumerable.Range(0, 8).Select(_ => new TestMemo { Label = "Død" }).ToList();
        var alive = Enumerable.Range(0, 8).Select(_ => new TestMemo { Label = "Levende" }).ToList();
        foreach (var memo in dead.Concat(alive))
            await delivering.PostAsync(memo);
        var signal = new TaskCompletionSource();
        (delivering.Fagsystem.Answer, other.Answer) = (StandInAnswers.After(signal.Task, StandInAnswers.Accept), StandInAnswers.Accept);

        delivering.Clock.Now += TimeSpan.FromSeconds(30);

        foreach (var memo in alive)
            await delivering.UntilDecidedAsync(memo);
        (await delivering.GetAsync(dead[0])).Receipt.ShouldBeNull();
        signal.SetResult();
        foreach (var memo in dead)
            await delivering.UntilDecidedAsync(memo);
    }

    [Fact]
    public async Task One_that_is_left_alone_is_tried_with_one_held_message_and_then_has_the_others()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var held = new List<TestMemo>();
        for (var i = 0; i < 6; i++)
            held.Add(await delivering.LeaveUndecidedAsync());
        (await delivering.ConnectionAsync()).State.ShouldBe(FagsystemConnectionState.BROKEN);
        (await delivering.GetAsync(held[5])).Attempts.Single().Reason.ShouldBe("CircuitOpen");
        var asked = delivering.Calls.Count();
        var signal = new TaskCompletionSource();
        delivering.Fagsystem.Answer = StandInAnswers.After(signal.Task, StandInAnswers.Accept);

        delivering.Clock.Now += TimeSpan.FromMinutes(1);
        await Eventually.BeSoAsync(() => delivering.Calls.Count() > asked);
        signal.SetResult();

        foreach (var memo in held)
        {
            var attempts = (await delivering.UntilDecidedAsync(memo)).Attempts;
            attempts.Count.ShouldBe(2, "none was asked about in vain");
        }
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task One_whose_content_cannot_be_read_is_put_off_and_holds_up_no_other()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD, settings: "--PostModtag:InlineContentBytes=0");
        var (broken, whole) = (await delivering.LeaveUndecidedAsync(), await delivering.LeaveUndecidedAsync());
        var file = Directory.EnumerateFiles(Path.Combine(delivering.Server.DataFolder, "contents"), (await delivering.GetAsync(broken)).Sha256, SearchOption.AllDirectories).Single();
        File.Move(file, file + "-væk");
        delivering.Fagsystem.Answer = StandInAnswers.Accept;
        delivering.Clock.Now += TimeSpan.FromSeconds(30);

        await delivering.UntilDecidedAsync(whole);
        await Eventually.BeSoAsync(() => delivering.Server.Log.Lines.Any(line => line.Contains("[107]", StringComparison.Ordinal) && line.Contains(broken.MessageUuid, StringComparison.Ordinal)));
        (await delivering.GetAsync(broken)).Attempts.Count.ShouldBe(1);

        File.Move(file + "-væk", file);
        delivering.Clock.Now += TimeSpan.FromMinutes(1);
        await delivering.UntilDecidedAsync(broken);
        delivering.Server.Log.Lines.Count(line => line.Contains("[107]", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static async Task<byte[]> BytesAsync(Delivering delivering, TestMemo memo, string accept)
    {
        using var response = await delivering.Server.PostAsync(memo.ToBytes(), accept);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task SetStateAsync(Delivering delivering, FagsystemState state)
    {
        var now = (await delivering.Server.Fagsystemer.GetFagsystemAsync(Delivering.Key)).Result;
        await delivering.Server.Fagsystemer.ChangeFagsystemAsync(new FagsystemChange { Name = now.Name, Owner = now.Owner, Kind = now.Kind, Rest = now.Rest, State = state }, Delivering.Key, "*");
    }
}
