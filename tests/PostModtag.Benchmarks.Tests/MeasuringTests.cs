using PostModtag.Benchmarks.Measuring;

namespace PostModtag.Benchmarks.Tests;

/// <summary>What is made of the figures that were taken.</summary>
public sealed class MeasuringTests
{
    [Theory]
    [InlineData(2.5, "2.5", "yes, ≤ 50 ms")]
    [InlineData(3.5, "3.5", "no, ≤ 50 ms")]
    [InlineData(double.PositiveInfinity, "not known", "≤ 50 ms")]
    [InlineData(double.NaN, "not known", "≤ 50 ms")]
    public void A_reference_too_short_for_its_clock_says_nothing_of_the_goal(double ratio, string shown, string met)
    {
        var figure = new Figure(15, "find", "1.6 ms", "sqlite3 0 ms", ratio, Goal.AtMost(3)) { Also = "≤ 50 ms" };

        (figure.Cells[4], figure.Cells[6]).ShouldBe((shown, met));
    }

    [Theory]
    [InlineData(0.59, "no")]
    [InlineData(0.6, "yes")]
    [InlineData(0.75, "stretch")]
    public void At_least_is_met_from_the_limit_on(double figure, string met) => Goal.AtLeast(0.6, 0.75).Judge(figure).ShouldBe(met);

    [Theory]
    [InlineData(2.01, "no")]
    [InlineData(2, "yes")]
    [InlineData(1.3, "stretch")]
    public void At_most_is_met_down_from_the_limit(double figure, string met) => Goal.AtMost(2, 1.3).Judge(figure).ShouldBe(met);

    [Fact]
    public void Without_a_stretch_there_is_none_to_meet() => Goal.AtLeast(3).Judge(1000).ShouldBe("yes");

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.19449, "0.194")]
    [InlineData(4.136, "4.14")]
    [InlineData(41.36, "41.4")]
    [InlineData(413.6, "414")]
    [InlineData(13850.2, "13,850")]
    public void A_number_has_the_digits_that_count(double value, string text) => Goal.Number(value).ShouldBe(text);

    [Fact]
    public async Task The_first_round_does_not_count_and_a_ratio_is_made_within_a_round()
    {
        var (work, reference) = (new Queue<double>([1000, 1, 2, 9]), new Queue<double>([1, 1, 4, 3]));
        var rounds = await Rounds.TakeAsync(3, () => Task.FromResult(work.Dequeue()), () => Task.FromResult(reference.Dequeue()));
        rounds.Of(0).ShouldBe(2);
        rounds.Of(1).ShouldBe(3);
        rounds.Of(figures => figures[0] / figures[1]).ShouldBe(1);
    }

    [Fact]
    public void The_median_of_an_even_number_is_between_the_middle_two() => Rounds.Median([4, 1, 3, 2]).ShouldBe(2.5);

    [Fact]
    public void A_table_has_a_line_for_each_figure_and_says_what_is_met()
    {
        Figure[] figures =
        [
            new(1, "accept", "10/s", "L 20/s", 0.5, Goal.AtLeast(0.6)),
            new(9, "cold", "2 ms", "warm 1 ms", 2, null) { Also = "≤ 50 ms" },
        ];
        Table.Lines(figures, isMarkdown: true).ShouldBe(
        [
            "| # | work | measured | reference | ratio | goal | met |",
            "|---|---|---|---|---|---|---|",
            "| 1 | accept | 10/s | L 20/s | 0.5 | ≥ 0.6 | no |",
            "| 9 | cold | 2 ms | warm 1 ms | 2 |  | ≤ 50 ms |",
        ]);
        Table.Lines(figures, isMarkdown: false).Count().ShouldBe(3);
    }
}
