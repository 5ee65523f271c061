using System.Diagnostics;

namespace PostModtag.Benchmarks.Measuring;

/// <summary>
/// Takes the work and its references in turn, round after round, so that a machine that is noisy is noisy to all of them. A ratio
/// is made within a round; the medians of the rounds are what counts.
/// </summary>
internal sealed class Rounds
{
    private readonly List<double[]> _rounds = [];

    private Rounds()
    {
    }

    /// <summary>Measures, after one round that is thrown away.</summary>
    /// <param name="count">How many rounds count.</param>
    /// <param name="measures">The work, then its references; each gives its figure.</param>
    public static async Task<Rounds> TakeAsync(int count, params Func<Task<double>>[] measures)
    {
        var rounds = new Rounds();
        for (var round = -1; round < count; round++)
        {
            var figures = new double[measures.Length];
            for (var i = 0; i < measures.Length; i++)
                figures[i] = await measures[i]();
            if (round >= 0)
                rounds._rounds.Add(figures);
        }

        return rounds;
    }

    /// <summary>The median of one of the figures.</summary>
    public double Of(int measure) => Of(figures => figures[measure]);

    /// <summary>The median of what is made of each round's figures.</summary>
    public double Of(Func<double[], double> make) => Median(_rounds.Select(make));

    public static double Median(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Seconds that it takes.</summary>
    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
