using PostModtag.Benchmarks.Measuring;
using PostModtag.Benchmarks.Serving;

namespace PostModtag.Benchmarks.Rows;

/// <summary>Rows 7 and 9: the largest message over HTTP, to its receipt.</summary>
internal static class Largest
{
    private const int Bytes = 99_500_000;
    private const double Milli = 1000;

    public static async Task<IReadOnlyList<Figure>> PostAsync(Scale scale)
    {
        const int Times = 3;
        var (body, uuidAt) = Bodies.Of(Bytes);
        using var servers = new Servers();
        var (own, drain) = (new LoadDriver(await servers.OwnAsync(), body, uuidAt), new LoadDriver(await servers.DrainToDiskAsync(), body, uuidAt));
        var cold = Milli / await own.PostAsync(1, 1);
        var rounds = await Rounds.TakeAsync(
            scale.Rounds, async () => Milli / await own.PostAsync(1, Times), async () => Milli / await drain.PostAsync(1, Times));
        return
        [
            new Figure(9, "99.5 MB POST to receipt, durable", $"{Goal.Number(rounds.Of(0))} ms", $"drain + write + fdatasync {Goal.Number(rounds.Of(1))} ms", rounds.Of(figures => figures[0] / figures[1]), Goal.AtMost(1.5, 1.1)),
            new Figure(9, "the first after the start, cold", $"{Goal.Number(cold)} ms", $"the later ones, warm {Goal.Number(rounds.Of(0))} ms", cold / rounds.Of(0), null),
        ];
    }

    /// <summary>How far the server's memory rises over what it has idle, while it takes one and four at once.</summary>
    public static async Task<IReadOnlyList<Figure>> MemoryAsync(Scale scale) =>
        [await MemoryAsync(scale, 1, Goal.AtMost(32, 20, "MB")), await MemoryAsync(scale, 4, Goal.AtMost(64, 40, "MB"))];

    private static async Task<Figure> MemoryAsync(Scale scale, int atOnce, Goal goal)
    {
        var (body, uuidAt) = Bodies.Of(Bytes);
        var (small, smallUuidAt) = Bodies.Of(20_000);
        using var servers = new Servers();
        var address = await servers.OwnAsync();
        var process = ProcessMemory.Of(servers.LastProcess);
        await new LoadDriver(address, small, smallUuidAt).RunAsync(atOnce, scale.Seconds);
        var own = new LoadDriver(address, body, uuidAt);
        var rounds = await Rounds.TakeAsync(scale.Rounds, async () =>
        {
            process.BeginPeak();
            var idle = process.Now;
            await own.PostAsync(atOnce, atOnce);
            return (process.Peak - idle) / Milli;
        });
        return new Figure(7, $"peak memory over idle, {atOnce} × 99.5 MB over HTTP", $"{Goal.Number(rounds.Of(0))} MB", "", rounds.Of(0), goal);
    }
}
