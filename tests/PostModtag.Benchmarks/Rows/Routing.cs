using System.Diagnostics;
using PostModtag.Benchmarks.Measuring;
using PostModtag.Domain.Rules;

namespace PostModtag.Benchmarks.Rows;

/// <summary>Rows 11 to 13: which rule takes a message. The messages ask for rules evenly from the first to the last.</summary>
internal static class Routing
{
    private const int Messages = 500;

    private static readonly DateOnly Day = new(2026, 11, 23);

    /// <summary>Match against many rules, in each way that rules can be many: its time, its memory, and beside the loop.</summary>
    public static async Task<IReadOnlyList<Figure>> ManyAsync(Scale scale)
    {
        var count = scale.Rules;
        var figures = new List<Figure>();
        foreach (var scenario in RuleScenario.All)
        {
            var (router, loop, messages) = Prepare(scenario, count, scale);
            var rounds = await Rounds.TakeAsync(scale.Rounds, () => Each(messages, 80, router), () => Each(messages, 1, loop));
            var (work, measured) = ($"match against {count:#,0} rules: {scenario.Name}", $"{Goal.Number(rounds.Of(0))} µs, {Goal.Number(Allocated(messages, router))} bytes");
            figures.Add(new Figure(11, work, measured, "", rounds.Of(0), Goal.AtMost(3, unit: "µs")));
            figures.Add(new Figure(11, work, measured, $"plain loop {Goal.Number(rounds.Of(1))} µs", rounds.Of(figures => figures[1] / figures[0]), Goal.AtLeast(8)));
            figures.Add(new Figure(11, work, $"{Goal.Number(Allocated(messages, router))} bytes", "", Allocated(messages, router), Goal.AtMost(0, unit: "bytes")));
        }

        return [.. figures, await BesideEngineAsync(scale)];
    }

    public static async Task<IReadOnlyList<Figure>> FewAsync(Scale scale)
    {
        var figures = new List<Figure>();
        foreach (var scenario in RuleScenario.All)
        {
            var (router, loop, messages) = Prepare(scenario, 10, scale);
            var rounds = await Rounds.TakeAsync(scale.Rounds, () => Each(messages, 800, router), () => Each(messages, 800, loop));
            figures.Add(new Figure(12, $"match against 10 rules: {scenario.Name}", $"{Goal.Number(rounds.Of(0))} µs", $"plain loop {Goal.Number(rounds.Of(1))} µs", rounds.Of(figures => figures[0] / figures[1]), Goal.AtMost(2, 1.1)));
        }

        return figures;
    }

    public static async Task<IReadOnlyList<Figure>> BuildAsync(Scale scale)
    {
        var rules = RuleScenario.All[0].Rules(scale.Rules);
        var own = await Rounds.TakeAsync(scale.Rounds, () => Rounds.SecondsAsync(() => Task.FromResult(Router.Compile(rules))));
        var engine = await Rounds.SecondsAsync(() => GeneralEngine.BuildAsync(rules));
        var (work, measured) = ($"build the index of {scale.Rules:#,0} rules", $"{Goal.Number(own.Of(0) * 1000)} ms");
        return
        [
            new Figure(13, work, measured, "", own.Of(0) * 1000, Goal.AtMost(100, unit: "ms")),
            new Figure(13, work, measured, $"RulesEngine {Goal.Number(engine * 1000)} ms, once", engine / own.Of(0), Goal.AtLeast(20)),
        ];
    }

    private static async Task<Figure> BesideEngineAsync(Scale scale)
    {
        const int Asked = 5;
        var scenario = RuleScenario.All[0];
        var (router, _, messages) = Prepare(scenario, scale.Rules, scale);
        var engine = await GeneralEngine.BuildAsync(scenario.Rules(scale.Rules));
        foreach (var message in messages[..Asked])
        {
            if (await engine.FirstAsync(GeneralInput.Of(message.Memo)) != router(message))
                throw new InvalidOperationException("The router and RulesEngine disagree.");
        }

        var rounds = await Rounds.TakeAsync(scale.Rounds, () => Each(messages, 80, router), async () =>
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var message in messages[..Asked])
                await engine.FirstAsync(GeneralInput.Of(message.Memo));
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Asked;
        });
        return new Figure(
            11, $"match against {scale.Rules:#,0} rules: {scenario.Name}", $"{Goal.Number(rounds.Of(0))} µs", $"RulesEngine {Goal.Number(rounds.Of(1))} µs", rounds.Of(figures => figures[1] / figures[0]), Goal.AtLeast(1000));
    }

    private static (Func<RoutedMessage, string?> Router, Func<RoutedMessage, string?> Loop, RoutedMessage[] Messages) Prepare(RuleScenario scenario, int count, Scale scale)
    {
        var rules = scenario.Rules(count);
        var (router, loop) = (Router.Compile(rules), new PlainLoop(rules));
        RoutedMessage[] messages = [.. Enumerable.Range(0, Messages).Select(i => new RoutedMessage(scenario.Message((int)((long)i * count / Messages)), 20_000))];
        foreach (var message in messages)
        {
            if (router.Route(message, Day, NoName).Rule != loop.First(message, Day))
                throw new InvalidOperationException($"{scenario.Name}: the router and the loop disagree.");
        }

        // The first seconds are the compiler's, of each of them.
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < scale.Seconds / 2;)
        {
            foreach (var message in messages)
                _ = router.Route(message, Day, NoName).Rule == loop.First(message, Day);
        }

        return (message => router.Route(message, Day, NoName).Rule, message => loop.First(message, Day), messages);
    }

    private static string? NoName(string name) => null;

    private static double Allocated(RoutedMessage[] messages, Func<RoutedMessage, string?> route)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var message in messages)
            route(message);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)messages.Length;
    }

    /// <summary>Microseconds a message.</summary>
    private static Task<double> Each(RoutedMessage[] messages, int repeats, Func<RoutedMessage, string?> route)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < repeats; i++)
        {
            foreach (var message in messages)
                route(message);
        }

        return Task.FromResult(Stopwatch.GetElapsedTime(start).TotalMicroseconds / messages.Length / repeats);
    }
}
