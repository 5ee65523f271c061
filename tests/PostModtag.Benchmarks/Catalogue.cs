using PostModtag.Benchmarks.Measuring;
using PostModtag.Benchmarks.Rows;

namespace PostModtag.Benchmarks;

/// <summary>Everything that is measured beside a reference, by the rows of the table of goals.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new(1, Single(TakingIn.SixteenAsync)),
        new(2, Single(TakingIn.SixtyFourAsync)),
        new(3, Single(TakingIn.BesideNaiveAsync)),
        new(4, Single(TakingIn.MegabytesAsync)),
        new(5, TakingIn.LatencyAsync),
        new(6, Reading.LargeAsync),
        new(7, Largest.MemoryAsync),
        new(8, Single(Reading.AllocationAsync)),
        new(9, Largest.PostAsync),
        new(10, Single(Reading.WrappedAsync)),
        new(11, Routing.ManyAsync),
        new(12, Routing.FewAsync),
        new(13, Routing.BuildAsync),
        new(14, Single(Forwarding.RunAsync)),
        new(15, Searching.RunAsync),
        new(16, Growing.RunAsync),
    ];

    private static Func<Scale, Task<IReadOnlyList<Figure>>> Single(Func<Scale, Task<Figure>> measure) => async scale => [await measure(scale)];
}

/// <summary>A row of the table of goals.</summary>
/// <param name="Number">Its number.</param>
/// <param name="MeasureAsync">Measures it; what it has more than one reference for is more than one figure.</param>
internal sealed record Row(int Number, Func<Scale, Task<IReadOnlyList<Figure>>> MeasureAsync);

/// <summary>A program that a reference needs is not there.</summary>
internal sealed class MissingToolException(string message) : Exception(message);
