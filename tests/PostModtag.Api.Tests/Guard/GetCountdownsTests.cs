using PostModtag.Api.Tests.Deliveries;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Guard;

/// <summary>For each authority and fagsystem: since when nothing was taken, and how long is left.</summary>
[Operation("GetCountdowns")]
public sealed class GetCountdownsTests
{
    [Fact]
    public async Task A_new_server_counts_down_for_nothing()
    {
        await using var server = await TestServer.StartAsync();
        var indbakke = (await server.CountdownsAsync()).Values.Single();
        (indbakke.Fagsystem, indbakke.Authority, indbakke.Level, indbakke.QuietSince, indbakke.SecondsLeft).ShouldBe(("indbakke", null, CountdownLevel.NONE, null, null));
    }

    [Fact]
    public async Task Where_nothing_comes_any_more_it_warns_from_the_first_day_and_is_over_with_the_seventh()
    {
        await using var delivering = await Delivering.StartAsync();
        await delivering.DecideOneAsync();
        var decidedAt = delivering.Clock.Now;

        (await delivering.LevelsAsync()).ShouldBe(("OK NONE", "OK NONE"));
        delivering.Clock.Now = decidedAt.AddDays(1).AddSeconds(-1);
        (await delivering.LevelsAsync()).ShouldBe(("OK NONE", "OK NONE"));
        delivering.Clock.Now = decidedAt.AddDays(1);
        (await delivering.LevelsAsync()).ShouldBe(("WARNING NOTHING_CAME", "WARNING NOTHING_CAME"));
        var countdown = (await delivering.Server.CountdownsAsync())[Setup.Authority];
        (countdown.Days, countdown.QuietSince, countdown.DeactivatedAt, countdown.SecondsLeft).ShouldBe((1, decidedAt, decidedAt.AddDays(7), 6 * 86_400));
        (countdown.LastReceivedAt, countdown.LastDecidedAt, countdown.UndecidedSince, countdown.Undecided).ShouldBe((decidedAt, decidedAt, null, 0));
        countdown.English.ShouldContain("perhaps the way from Digital Post to this server is broken");
        countdown.Danish.ShouldContain("måske er vejen fra Digital Post til denne server brudt");
        delivering.Clock.Now = decidedAt.AddDays(6);
        (await delivering.LevelsAsync()).ShouldBe(("CRITICAL NOTHING_CAME", "WARNING NOTHING_CAME"));
        delivering.Clock.Now = decidedAt.AddDays(8);
        (await delivering.LevelsAsync()).ShouldBe(("OVERDUE NOTHING_CAME", "NONE NONE"));
        (await delivering.Server.CountdownsAsync())[Setup.Authority].SecondsLeft.ShouldBe(-86_400);

        await delivering.DecideOneAsync();
        (await delivering.LevelsAsync()).ShouldBe(("OK NONE", "OK NONE"));
    }

    [Theory]
    [InlineData(WhenUndecided.RESEND)]
    [InlineData(WhenUndecided.HOLD)]
    public async Task Messages_that_come_and_are_not_decided_are_told_apart_also_where_they_are_held(WhenUndecided whenUndecided)
    {
        await using var delivering = await Delivering.StartAsync(whenUndecided, settings: "--PostModtag:HoldFor=00:00:01");
        await delivering.DecideOneAsync();
        var decidedAt = delivering.Clock.Now;
        delivering.Clock.Now += TimeSpan.FromHours(12);
        var memo = await delivering.LeaveUndecidedAsync();
        var waitsSince = delivering.Clock.Now;

        // The authority's days count from the last decision, the fagsystem's from when a message waited for it.
        delivering.Clock.Now = decidedAt.AddDays(1);
        (await delivering.LevelsAsync()).ShouldBe(("WARNING NOTHING_DECIDED", "OK NONE"));
        delivering.Clock.Now = waitsSince.AddDays(7);
        (await delivering.LevelsAsync()).ShouldBe(("OVERDUE NOTHING_DECIDED", "OVERDUE NOTHING_DECIDED"));
        var countdown = (await delivering.Server.CountdownsAsync())[Delivering.Key];
        (countdown.QuietSince, countdown.UndecidedSince, countdown.Undecided, countdown.LastDecidedAt).ShouldBe((waitsSince, waitsSince, 1, decidedAt));
        countdown.English.ShouldStartWith("1 message waits, the oldest since");

        await delivering.UntilAsync(memo, message => message.NextAttemptAt is null);
        await delivering.DecideAsync(memo, MessageDecisionAction.REJECT);
        (await delivering.LevelsAsync()).ShouldBe(("OK NONE", "OK NONE"));
    }

    [Fact]
    public async Task A_rejection_before_the_rules_is_taken_by_the_authority_and_by_no_fagsystem()
    {
        await using var delivering = await Delivering.StartAsync();
        await delivering.DecideOneAsync();
        delivering.Clock.Now += TimeSpan.FromDays(3);
        (await delivering.PostAsync(new TestMemo { HasBody = false })).Body.ShouldContain("INVALID");
        (await delivering.LevelsAsync()).ShouldBe(("OK NONE", "WARNING NOTHING_CAME"));
    }

    [Fact]
    public async Task An_authority_that_never_had_a_message_counts_from_its_first_publication()
    {
        await using var delivering = await Delivering.StartAsync();
        var publishedAt = delivering.Clock.Now;
        delivering.Clock.Now += TimeSpan.FromDays(2);
        await delivering.Server.PublishAsync(Setup.Everything(Delivering.Key));
        delivering.Clock.Now += TimeSpan.FromDays(2);

        var countdowns = await delivering.Server.CountdownsAsync();
        (countdowns[Setup.Authority].QuietSince, countdowns[Setup.Authority].Level).ShouldBe((publishedAt, CountdownLevel.WARNING));
        countdowns[Delivering.Key].Level.ShouldBe(CountdownLevel.NONE, "it was never sent a message");
    }

    [Fact]
    public async Task Where_the_settings_name_authorities_those_are_watched_from_the_start_on_and_no_others()
    {
        await using var delivering = await Delivering.StartAsync(settings: ["--PostModtag:ServedAuthorities:0=90000007", "--PostModtag:ServedAuthorities:1=90000008"]);
        var startedAt = delivering.Clock.Now;
        await delivering.PostAsync(new TestMemo());
        delivering.Clock.Now += TimeSpan.FromDays(1);
        await delivering.PostAsync(new TestMemo { RecipientId = "90000008" });

        var countdowns = await delivering.Server.CountdownsAsync();
        countdowns.Keys.Where(key => key.StartsWith('9')).ShouldBe(["90000007", "90000008"]);
        (countdowns["90000007"].QuietSince, countdowns["90000007"].Level).ShouldBe((startedAt, CountdownLevel.WARNING));
        countdowns["90000008"].Level.ShouldBe(CountdownLevel.OK);
    }

    [Fact]
    public async Task An_authority_of_which_only_messages_tell_is_watched_for_thirty_days_or_as_long_as_one_waits()
    {
        var script = new Script();
        await using var delivering = await Delivering.StartAsync(configure: script.Register);
        await delivering.PostAsync(new TestMemo { RecipientId = "90000007" });
        script.Answer = (_, _) => throw new InvalidOperationException("ikke nu");
        await delivering.PostAsync(new TestMemo { RecipientId = "90000008" });
        var receivedAt = delivering.Clock.Now;

        delivering.Clock.Now = receivedAt.AddDays(30).AddSeconds(-1);
        (await delivering.Server.CountdownsAsync())["90000007"].Level.ShouldBe(CountdownLevel.OVERDUE);
        delivering.Clock.Now = receivedAt.AddDays(30);
        var countdowns = await delivering.Server.CountdownsAsync();
        countdowns.ShouldNotContainKey("90000007");
        (countdowns["90000008"].QuietSince, countdowns["90000008"].Cause).ShouldBe((receivedAt, CountdownCause.NOTHING_DECIDED));
        countdowns.ShouldContainKey(Setup.Authority, "it has rules");
    }

    [Fact]
    public async Task A_fagsystem_that_takes_none_counts_down_only_while_messages_wait_for_it()
    {
        await using var delivering = await Delivering.StartAsync();
        await delivering.DecideOneAsync();
        await delivering.Server.SetStateAsync(Delivering.Key, FagsystemState.PAUSED);
        delivering.Clock.Now += TimeSpan.FromDays(2);
        (await delivering.LevelsAsync()).Fagsystem.ShouldBe("NONE NONE");

        var memo = await delivering.LeaveUndecidedAsync();
        delivering.Clock.Now += TimeSpan.FromDays(1);
        (await delivering.LevelsAsync()).Fagsystem.ShouldBe("WARNING NOTHING_DECIDED");
        (await delivering.Server.CountdownsAsync())[Delivering.Key].English.ShouldContain("The fagsystem is paused.");

        await delivering.Server.PublishAsync(Setup.Everything("indbakke"));
        await delivering.Server.SetStateAsync(Delivering.Key, FagsystemState.RETIRED);
        (await delivering.Server.CountdownsAsync())[Delivering.Key].English.ShouldContain("The fagsystem is retired");
        await delivering.DecideAsync(memo, MessageDecisionAction.REDIRECT, "indbakke");
        (await delivering.Server.CountdownsAsync()).ShouldNotContainKey(Delivering.Key);
    }

    [Fact]
    public async Task The_one_with_the_least_time_left_comes_first()
    {
        await using var delivering = await Delivering.StartAsync();
        foreach (var authority in new[] { "90000009", "90000007", "90000008" })
        {
            await delivering.PostAsync(new TestMemo { RecipientId = authority });
            delivering.Clock.Now += TimeSpan.FromHours(1);
        }

        var list = (await delivering.Server.Countdowns.GetCountdownsAsync()).Result;
        list.CountedAt.ShouldBe(delivering.Clock.Now);
        list.Countdowns.Select(countdown => countdown.Authority ?? countdown.Fagsystem).ShouldBe([Setup.Authority, "90000009", "90000007", "90000008", "indbakke", Delivering.Key]);
    }
}
