using PostModtag.Benchmarks.Measuring;
using PostModtag.Benchmarks.Serving;

namespace PostModtag.Benchmarks.Rows;

/// <summary>Rows 1 to 5: messages over HTTP, each answered when it and its receipt are durable.</summary>
internal static class TakingIn
{
    private const int Kilobytes20 = 20_000;
    private const int Megabyte = 1_000_000;

    /// <summary>Beside L = 1/(1/K + 1/D): what it takes to drain the bodies, and to write the bytes durably in groups, one after the other.</summary>
    public static async Task<Figure> BesideHardwareAsync(Scale scale, int row, int bytes, int connections, int group, Goal goal)
    {
        var (body, uuidAt) = Bodies.Of(bytes);
        using var servers = new Servers();
        using var disk = new DurableWrite();
        var (own, drain) = (new LoadDriver(await servers.OwnAsync(), body, uuidAt), new LoadDriver(await servers.DrainAsync(), body, uuidAt));
        await own.WarmUpAsync(connections, scale);
        await drain.WarmUpAsync(connections, scale);
        var rounds = await Rounds.TakeAsync(
            scale.Rounds,
            async () => (await own.RunAsync(connections, scale.Seconds)).PerSecond,
            async () => (await drain.RunAsync(connections, scale.Seconds)).PerSecond,
            () => Task.FromResult(disk.PerSecond(body, group, scale.Seconds)));
        var limit = rounds.Of(Limit);
        return new Figure(
            row, $"accept {Goal.Number(bytes / 1000.0)} kB messages, {connections} connections", $"{Goal.Number(rounds.Of(0))}/s",
            $"L {Goal.Number(limit)}/s of K {Goal.Number(rounds.Of(1))}/s, D {Goal.Number(rounds.Of(2))}/s", rounds.Of(figures => figures[0] / Limit(figures)), goal);
    }

    public static Task<Figure> SixteenAsync(Scale scale) => BesideHardwareAsync(scale, 1, Kilobytes20, 16, 8, Goal.AtLeast(0.6, 0.75));

    public static Task<Figure> SixtyFourAsync(Scale scale) => BesideHardwareAsync(scale, 2, Kilobytes20, 64, 32, Goal.AtLeast(0.6, 0.8));

    public static Task<Figure> MegabytesAsync(Scale scale) => BesideHardwareAsync(scale, 4, Megabyte, 8, 8, Goal.AtLeast(0.6, 0.8));

    public static async Task<Figure> BesideNaiveAsync(Scale scale)
    {
        const int Connections = 16;
        var (body, uuidAt) = Bodies.Of(Kilobytes20);
        using var servers = new Servers();
        var (own, naive) = (new LoadDriver(await servers.OwnAsync(), body, uuidAt), new LoadDriver(await servers.NaiveAsync(), body, uuidAt));
        await own.WarmUpAsync(Connections, scale);
        await naive.WarmUpAsync(Connections, scale);
        var rounds = await Rounds.TakeAsync(
            scale.Rounds, async () => (await own.RunAsync(Connections, scale.Seconds)).PerSecond, async () => (await naive.RunAsync(Connections, scale.Seconds)).PerSecond);
        return new Figure(3, "accept 20 kB messages, 16 connections", $"{Goal.Number(rounds.Of(0))}/s", $"naive server {Goal.Number(rounds.Of(1))}/s", rounds.Of(figures => figures[0] / figures[1]), Goal.AtLeast(3, 5));
    }

    public static async Task<IReadOnlyList<Figure>> LatencyAsync(Scale scale)
    {
        var (body, uuidAt) = Bodies.Of(Kilobytes20);
        using var servers = new Servers();
        using var growing = new DurableWrite();
        using var withRoom = new DurableWrite();
        var own = new LoadDriver(await servers.OwnAsync(), body, uuidAt);
        await own.WarmUpAsync(16, scale);
        await own.WarmUpAsync(1, scale);
        var rounds = await Rounds.TakeAsync(
            scale.Rounds,
            async () => Rounds.Median((await own.RunAsync(1, scale.Seconds)).Latencies) * 1000,
            () => Task.FromResult(growing.Latency(body, DurableWrite.Place.FileEnd, scale.Seconds) * 1000),
            () => Task.FromResult(withRoom.Latency(body, DurableWrite.Place.FileWithRoom, scale.Seconds) * 1000));
        Figure Beside(int reference, string name, Goal? goal) => new(
            5, "20 kB, one connection, p50", $"{Goal.Number(rounds.Of(0))} ms", $"{name} {Goal.Number(rounds.Of(reference))} ms", rounds.Of(figures => figures[0] / figures[reference]), goal);
        return [Beside(1, "one fdatasync + one commit", Goal.AtMost(2, 1.3)), Beside(2, "the same, in a file with room", null)];
    }

    private static double Limit(double[] figures) => 1 / (1 / figures[1] + 1 / figures[2]);
}
