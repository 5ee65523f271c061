using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>Each fagsystem has its own time limit, its own limit of messages at once and its own circuit breaker, and how they stand can be seen.</summary>
[Operation("GetFagsystemConnection")]
[Operation("ReceiveMessage")]
public sealed class ConnectionTests : IAsyncLifetime
{
    private Delivering _delivering = null!;

    public async Task InitializeAsync() => _delivering = await Delivering.StartAsync();

    public async Task DisposeAsync() => await _delivering.DisposeAsync();

    [Fact]
    public async Task One_that_nothing_has_been_sent_to_is_open_and_presents_nothing()
    {
        foreach (var key in new[] { Delivering.Key, "indbakke" })
        {
            var connection = await _delivering.ConnectionAsync(key);
            (connection.State, connection.BrokenUntil, connection.UnderWay).ShouldBe((FagsystemConnectionState.OPEN, null, 0));
            (connection.Credential, connection.CredentialLost, connection.Presented, connection.ExpiresAt).ShouldBe((FagsystemConnectionCredential.NONE, false, null, null));
        }
    }

    [Theory]
    [InlineData("ServerError")]
    [InlineData("TooManyRequests")]
    [InlineData("RequestTimeout")]
    [InlineData("ConnectionFailed")]
    [InlineData("Timeout")]
    public async Task One_that_fails_again_and_again_is_left_alone_and_then_tried_with_one_message(string reason)
    {
        if (reason == "Timeout")
            await _delivering.Server.ChangeRestAsync(Delivering.Key, rest => rest.TimeoutSeconds = 1);
        _delivering.Fagsystem.Answer = reason switch
        {
            "ServerError" => StandInAnswers.Status(500),
            "TooManyRequests" => StandInAnswers.Status(429),
            "RequestTimeout" => StandInAnswers.Status(408),
            "ConnectionFailed" => StandInAnswers.Half,
            _ => StandInAnswers.Stall,
        };
        (await ReasonsAsync(5)).ShouldAllBe(seen => seen == reason);
        var asked = _delivering.Calls.Count();

        // It is left alone: nobody asks it, and nobody waits for it.
        var connection = await _delivering.ConnectionAsync();
        (connection.State, connection.BrokenUntil).ShouldBe((FagsystemConnectionState.BROKEN, _delivering.Clock.Now.AddSeconds(15)));
        (await ReasonsAsync(2)).ShouldBe(["CircuitOpen", "CircuitOpen"]);
        _delivering.Calls.Count().ShouldBe(asked);

        // Then one message is tried, and another meanwhile is not.
        _delivering.Clock.Now += TimeSpan.FromSeconds(15);
        (await _delivering.ConnectionAsync()).State.ShouldBe(FagsystemConnectionState.TRYING);
        var signal = new TaskCompletionSource();
        _delivering.Fagsystem.Answer = StandInAnswers.After(signal.Task, StandInAnswers.Accept);
        var tried = _delivering.PostAsync(new TestMemo());
        await Eventually.BeSoAsync(() => _delivering.Calls.Count() > asked);
        (await ReasonsAsync(1)).ShouldBe(["CircuitOpen"]);
        (await _delivering.ConnectionAsync()).State.ShouldBe(FagsystemConnectionState.TRYING);

        signal.SetResult();
        (await tried).Status.ShouldBe((int)HttpStatusCode.OK);
        (await _delivering.ConnectionAsync()).State.ShouldBe(FagsystemConnectionState.OPEN);
        (await _delivering.PostAsync(new TestMemo())).Status.ShouldBe((int)HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_try_that_fails_has_it_left_alone_again()
    {
        _delivering.Fagsystem.Answer = StandInAnswers.Status(503);
        await ReasonsAsync(5);
        _delivering.Clock.Now += TimeSpan.FromSeconds(16);
        (await ReasonsAsync(1)).ShouldBe(["ServerError"]);
        (await ReasonsAsync(1)).ShouldBe(["CircuitOpen"]);
        (await _delivering.ConnectionAsync()).BrokenUntil.ShouldBe(_delivering.Clock.Now.AddSeconds(15));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(200)]
    public async Task One_that_answers_at_once_is_not_left_alone_whatever_it_says(int status)
    {
        _delivering.Fagsystem.Answer = StandInAnswers.Status(status, "Nej");
        await ReasonsAsync(8);
        _delivering.Calls.Count().ShouldBe(8);
        (await _delivering.ConnectionAsync()).State.ShouldBe(FagsystemConnectionState.OPEN);
    }

    [Fact]
    public async Task One_that_was_set_up_anew_is_asked_at_once()
    {
        _delivering.Fagsystem.Answer = StandInAnswers.Status(503);
        await ReasonsAsync(5);
        (await _delivering.ConnectionAsync()).State.ShouldBe(FagsystemConnectionState.BROKEN);
        await using var elsewhere = await StandInFagsystem.StartAsync();

        await _delivering.Server.ChangeRestAsync(Delivering.Key, rest => rest.Url = elsewhere.Url);

        (await _delivering.ConnectionAsync()).State.ShouldBe(FagsystemConnectionState.OPEN);
        (await _delivering.PostAsync(new TestMemo())).Status.ShouldBe((int)HttpStatusCode.OK);
        elsewhere.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_new_name_does_not_make_one_whole_that_is_left_alone()
    {
        _delivering.Fagsystem.Answer = StandInAnswers.Status(503);
        await ReasonsAsync(5);
        var now = (await _delivering.Server.Fagsystemer.GetFagsystemAsync(Delivering.Key)).Result;
        await _delivering.Server.Fagsystemer.ChangeFagsystemAsync(new FagsystemChange { Name = "Nyt navn", Owner = now.Owner, Kind = now.Kind, Rest = now.Rest, State = now.State }, Delivering.Key, "*");
        (await ReasonsAsync(1)).ShouldBe(["CircuitOpen"]);
    }

    [Fact]
    public async Task No_more_messages_than_it_may_have_are_on_their_way_and_the_others_are_told_at_once()
    {
        await _delivering.Server.ChangeRestAsync(Delivering.Key, rest => rest.MaxConcurrency = 3);
        var signal = new TaskCompletionSource();
        _delivering.Fagsystem.Answer = StandInAnswers.After(signal.Task, StandInAnswers.Accept);
        var memos = Enumerable.Range(0, 3).Select(_ => new TestMemo()).ToList();
        var underWay = memos.Select(_delivering.PostAsync).ToList();
        await _delivering.UntilCalledAsync(3);

        (await _delivering.ConnectionAsync()).UnderWay.ShouldBe(3);
        (await ReasonsAsync(2)).ShouldBe(["TooManyAtOnce", "TooManyAtOnce"]);
        _delivering.Calls.Count().ShouldBe(3);

        signal.SetResult();
        (await Task.WhenAll(underWay)).ShouldAllBe(answer => answer.Status == (int)HttpStatusCode.OK);
        (await _delivering.ConnectionAsync()).UnderWay.ShouldBe(0);
        (await _delivering.PostAsync(new TestMemo())).Status.ShouldBe((int)HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_that_hangs_delays_no_message_to_another()
    {
        await using var other = await StandInFagsystem.StartAsync();
        await _delivering.Server.RegisterRestAsync("andet", other.Url);
        await _delivering.Server.PublishAsync(Setup.Rules(
            Setup.Rule("Død", Delivering.Key, Setup.When("label", ConditionOperator.Equals, "Død")), Setup.Rule("Resten", "andet")));
        var signal = new TaskCompletionSource();
        _delivering.Fagsystem.Answer = StandInAnswers.After(signal.Task, StandInAnswers.Accept);
        var hanging = Enumerable.Range(0, 20).Select(_ => _delivering.PostAsync(new TestMemo { Label = "Død" })).ToList();
        await _delivering.UntilCalledAsync(8);

        // While eight hang and twelve have been told at once.
        for (var i = 0; i < 20; i++)
            (await _delivering.PostAsync(new TestMemo { Label = "Levende" })).Status.ShouldBe((int)HttpStatusCode.OK);

        hanging.Count(answer => !answer.IsCompleted).ShouldBe(8);
        other.Calls.Count.ShouldBe(20);
        (await _delivering.ConnectionAsync("andet")).State.ShouldBe(FagsystemConnectionState.OPEN);
        signal.SetResult();
        await Task.WhenAll(hanging);
    }

    [Fact]
    public async Task The_time_limit_is_the_fagsystems_own_and_a_senders_patience_is_the_end_of_it()
    {
        await using var hasty = await Delivering.StartAsync(rest: rest => rest.TimeoutSeconds = 600, settings: "--PostModtag:DeliveryTimeout=00:00:01");
        var memo = await hasty.LeaveUndecidedAsync(StandInAnswers.Hang);
        (await hasty.GetAsync(memo)).Attempts.Single().Reason.ShouldBe("Timeout");
    }

    /// <summary>Sends that many new messages at once that are not decided, and says why they are not.</summary>
    private async Task<IReadOnlyList<string?>> ReasonsAsync(int count) => await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
    {
        var memo = new TestMemo();
        (await _delivering.PostAsync(memo)).Status.ShouldBe((int)HttpStatusCode.ServiceUnavailable);
        return (await _delivering.GetAsync(memo)).Attempts.Single().Reason;
    }));
}
