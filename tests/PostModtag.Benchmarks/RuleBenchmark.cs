using System.Diagnostics;
using System.Globalization;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Benchmarks;

/// <summary>
/// What the router costs beside a plain loop over the same rules and messages. Both are taken in turn, so that a noisy
/// machine is noisy to both; the messages ask for rules evenly from the first to the last.
/// </summary>
internal static class RuleBenchmark
{
    private const int Rounds = 9;
    private const int Messages = 500;

    private static readonly DateOnly Day = new(2026, 11, 23);

    public static void Run()
    {
        Console.WriteLine("Routing of one message by rules, median of 9 rounds. Ratio: the plain loop / the router; over 1 the router is faster.");
        Console.WriteLine($"{"rules",7} {"",-28} {"router µs",10} {"bytes",6} {"loop µs",9} {"ratio",7} {"build ms",9} {"lint ms",9}");
        // The first seconds are the compiler's.
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(3);)
            Measure(RuleScenario.All[0], 10);
        foreach (var rules in new[] { 10, 10_000 })
        {
            foreach (var scenario in RuleScenario.All)
                Console.WriteLine(Measure(scenario, rules));
        }
    }

    private static string Measure(RuleScenario scenario, int count)
    {
        var rules = scenario.Rules(count);
        RoutedMessage[] messages = [.. Enumerable.Range(0, Messages).Select(i => new RoutedMessage(scenario.Message((int)((long)i * count / Messages)), 20_000))];
        var build = Median(() => Time(() => Router.Compile(rules)).TotalMilliseconds);
        var lint = Time(() => RuleLint.Check(rules, Day, _ => FagsystemState.Active)).TotalMilliseconds;
        var (router, loop) = (Router.Compile(rules), new PlainLoop(rules));
        foreach (var message in messages)
        {
            if (router.Route(message, Day, _ => null).Rule != loop.First(message, Day))
                throw new InvalidOperationException($"{scenario.Name}: the router and the loop disagree.");
        }

        var (routed, looped) = (new List<double>(), new List<double>());
        var repeats = Math.Max(1, 40_000 / Messages);
        for (var round = 0; round < Rounds; round++)
        {
            routed.Add(Each(messages, repeats, message => router.Route(message, Day, NoName)));
            looped.Add(Each(messages, count < 100 ? repeats : 1, message => loop.First(message, Day)));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var message in messages)
            router.Route(message, Day, NoName);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Messages;

        var ratio = Median(looped.Zip(routed, (slow, fast) => slow / fast));
        return string.Create(CultureInfo.InvariantCulture, $"{count,7} {scenario.Name,-28} {Median(routed),10:F3} {bytes,6} {Median(looped),9:F3} {ratio,7:F1} {build,9:F1} {lint,9:F0}");
    }

    private static string? NoName(string name) => null;

    /// <summary>Microseconds a message.</summary>
    private static double Each<T>(RoutedMessage[] messages, int repeats, Func<RoutedMessage, T> route) => Time(() =>
    {
        for (var i = 0; i < repeats; i++)
        {
            foreach (var message in messages)
                route(message);
        }
    }).TotalMicroseconds / messages.Length / repeats;

    private static TimeSpan Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private static double Median(Func<double> measure) => Median(Enumerable.Range(0, Rounds).Select(_ => measure()));

    private static double Median(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted[sorted.Count / 2];
    }
}
