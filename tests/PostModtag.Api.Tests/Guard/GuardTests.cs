using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Api.Tests.Deliveries;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Guard;

/// <summary>The seven-day guard counts once a minute, and what it has counted is in the log, in health and in the metrics.</summary>
public sealed class GuardTests
{
    private const string Authority = $"authority {Setup.Authority}";
    private const string Fagsystem = $"fagsystem {Delivering.Key}";

    [Fact]
    public async Task Each_that_is_quiet_is_warned_of_once_a_day_and_when_it_is_over()
    {
        await using var delivering = await Delivering.StartAsync();
        await delivering.DecideOneAsync();
        await delivering.PassAsync(TimeSpan.FromHours(23));
        delivering.Logged(130, Authority).ShouldBeEmpty();

        await delivering.PassAsync(TimeSpan.FromHours(1));
        await delivering.PassAsync(TimeSpan.FromMinutes(1));
        await delivering.PassAsync(TimeSpan.FromHours(22));
        delivering.Logged(130, Authority).ShouldBe(["Warning"]);
        delivering.Logged(130, Fagsystem).ShouldBe(["Warning"]);
        for (var day = 2; day <= 6; day++)
            await delivering.PassAsync(TimeSpan.FromDays(1));
        delivering.Logged(130, Authority).ShouldBe(["Warning", "Warning", "Warning", "Warning", "Warning", "Error"]);
        delivering.Logged(130, Fagsystem).ShouldBe(["Warning", "Warning", "Warning", "Warning", "Warning", "Warning"]);
        delivering.Logged(133, Authority).ShouldBeEmpty();

        await delivering.DecideOneAsync();
        await delivering.PassAsync(TimeSpan.FromMinutes(1));
        (delivering.Logged(133, Authority).Count, delivering.Logged(133, Fagsystem).Count).ShouldBe((1, 1));
        await delivering.PassAsync(TimeSpan.FromDays(1));
        delivering.Logged(130, Authority).Count.ShouldBe(7);
    }

    [Fact]
    public async Task That_messages_wait_and_none_is_decided_is_said_in_other_words()
    {
        await using var delivering = await Delivering.StartAsync();
        await delivering.LeaveUndecidedAsync();
        await delivering.PassAsync(TimeSpan.FromDays(1));
        (delivering.Logged(131, Authority).Single(), delivering.Logged(131, Fagsystem).Single()).ShouldBe(("Warning", "Warning"));
        await delivering.PassAsync(TimeSpan.FromDays(5));
        (delivering.Logged(131, Authority)[^1], delivering.Logged(131, Fagsystem)[^1]).ShouldBe(("Error", "Error"));
        delivering.Server.Log.Lines.ShouldNotContain(line => line.Contains("[130]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_says_which_is_quiet_since_when_and_how_long_is_left_and_the_server_stays_ready()
    {
        await using var delivering = await Delivering.StartAsync();
        await delivering.DecideOneAsync();
        await delivering.PassAsync(TimeSpan.FromHours(23));
        (await delivering.Server.Client.GetStringAsync("health/ready")).ShouldBe("Healthy");

        var decidedAt = delivering.Clock.Now.AddHours(-23);
        await delivering.PassAsync(TimeSpan.FromHours(2));
        var lines = (await delivering.Server.Client.GetStringAsync("health/ready")).Split('\n');
        lines.Length.ShouldBe(3);
        lines[0].ShouldBe("Degraded");
        lines[1].ShouldStartWith(Minute($"WARNING {Authority}, 5 d 23 h left: Nothing has come since ", decidedAt));
        lines[1].ShouldEndWith(Minute("deactivates the receiving system on ", decidedAt.AddDays(7)) + " UTC unless something is decided before.");
        lines[2].ShouldStartWith(Minute($"WARNING {Fagsystem}, 5 d 23 h left: Nothing has come since ", decidedAt));
        (await delivering.Server.Client.GetStringAsync("health/live")).ShouldBe("Healthy");

        await delivering.LeaveUndecidedAsync();
        await delivering.PassAsync(TimeSpan.FromDays(7));
        lines = (await delivering.Server.Client.GetStringAsync("health/ready")).Split('\n');
        lines[1].ShouldStartWith($"OVERDUE {Authority}, the seven days are over: 1 message waits");
        lines[2].ShouldStartWith($"OVERDUE {Fagsystem}, the seven days are over: 1 message waits");

        await delivering.DecideOneAsync();
        await delivering.PassAsync(TimeSpan.FromMinutes(1));
        (await delivering.Server.Client.GetStringAsync("health/ready")).ShouldBe("Healthy");
    }

    [Fact]
    public async Task Metrics_count_down_for_each_authority_and_fagsystem()
    {
        await using var delivering = await Delivering.StartAsync();
        await delivering.LeaveUndecidedAsync();
        await delivering.PassAsync(TimeSpan.FromDays(1));
        var metrics = Read(delivering.Server);
        metrics["postmodtag.countdown.seconds_left"].ShouldBe(new Dictionary<string, double> { [$"authority={Setup.Authority}"] = 6 * 86_400, [$"fagsystem={Delivering.Key}"] = 6 * 86_400 }, ignoreOrder: true);
        metrics["postmodtag.countdown.undecided_seconds"].ShouldBe(
            new Dictionary<string, double> { [$"authority={Setup.Authority}"] = 86_400, [$"fagsystem={Delivering.Key}"] = 86_400, ["fagsystem=indbakke"] = 0 }, ignoreOrder: true);

        // They go on by the clock, whenever it was counted last.
        delivering.Clock.Now += TimeSpan.FromSeconds(30);
        Read(delivering.Server)["postmodtag.countdown.seconds_left"][$"authority={Setup.Authority}"].ShouldBe((6 * 86_400) - 30);
        await delivering.PassAsync(TimeSpan.FromDays(7));
        Read(delivering.Server)["postmodtag.countdown.seconds_left"][$"authority={Setup.Authority}"].ShouldBe(-86_400 - 30);
    }

    [Fact]
    public async Task When_it_cannot_count_it_says_so_and_counts_again_in_a_minute()
    {
        await using var delivering = await Delivering.StartAsync();
        await delivering.DecideOneAsync();
        await delivering.PassAsync(TimeSpan.FromMinutes(1));
        TestDatabase.Execute(delivering.Server.DataFolder, """ALTER TABLE "Messages" RENAME TO "Elsewhere" """);
        delivering.Clock.Now += TimeSpan.FromDays(2);
        await Eventually.BeSoAsync(() => delivering.Server.Log.Lines.Any(line => line.Contains("[132]", StringComparison.Ordinal)));
        TestDatabase.Execute(delivering.Server.DataFolder, """ALTER TABLE "Elsewhere" RENAME TO "Messages" """);
        await delivering.PassAsync(TimeSpan.FromMinutes(1));
        delivering.Logged(130, Authority).ShouldBe(["Warning"]);
    }

    private static string Minute(string text, DateTimeOffset moment) => text + moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What a collector reads from that server's meter: by instrument, the values by tag.</summary>
    private static ConcurrentDictionary<string, Dictionary<string, double>> Read(TestServer server)
    {
        var found = new ConcurrentDictionary<string, Dictionary<string, double>>();
        var meters = server.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "PostModtag" && ReferenceEquals(instrument.Meter.Scope, meters))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            found.GetOrAdd(instrument.Name, _ => [])[$"{tags[0].Key}={tags[0].Value}"] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }
}
