using PostModtag.Benchmarks.Measuring;
using PostModtag.Benchmarks.Serving;

namespace PostModtag.Benchmarks.Rows;

/// <summary>Row 16: whether the server that has taken a million messages is the one that had taken none.</summary>
internal static class Growing
{
    private const int Bytes = 2_000;
    private const int Connections = 16;
    private const int First = 10_000;
    private const double Kilo = 1000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(Scale scale)
    {
        var (body, uuidAt) = Bodies.Of(Bytes);
        using var servers = new Servers();
        var own = new LoadDriver(await servers.OwnAsync(), body, uuidAt);
        var process = ProcessMemory.Of(servers.LastProcess);

        // What the compiler does in the first seconds is no matter of how many there are.
        await own.RunAsync(Connections, scale.Seconds * 4);
        var first = await TakeAsync(own, process, First);
        for (var left = scale.Messages - 2 * First; left > 0; left -= First)
            await own.PostAsync(Connections, Math.Min(left, First));
        var last = await TakeAsync(own, process, First);
        var work = $"{Goal.Number(scale.Messages)} messages taken in";
        return
        [
            new Figure(16, $"{work}: speed of the last {Goal.Number(First)}", $"{Goal.Number(last.PerSecond)}/s", $"the first {Goal.Number(first.PerSecond)}/s", last.PerSecond / first.PerSecond, Goal.AtLeast(0.9)),
            new Figure(16, $"{work}: peak memory at the last {Goal.Number(First)}", $"{Goal.Number(last.Peak)} MB", $"the first {Goal.Number(first.Peak)} MB", last.Peak / first.Peak, Goal.AtMost(1.1)),
        ];
    }

    private static async Task<(double PerSecond, double Peak)> TakeAsync(LoadDriver own, ProcessMemory process, int messages)
    {
        process.BeginPeak();
        var perSecond = await own.PostAsync(Connections, messages);
        return (perSecond, process.Peak / Kilo);
    }
}
