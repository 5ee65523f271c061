namespace PostModtag.Benchmarks.Measuring;

/// <summary>How long is measured: whole for figures that are kept, short to see that all of it runs.</summary>
/// <param name="Rounds">How many rounds count.</param>
/// <param name="Seconds">How long a load lasts, in seconds.</param>
/// <param name="Messages">How many messages there are where many count.</param>
/// <param name="Rules">How many rules there are where many count.</param>
/// <param name="MostWarmUps">How many loads there are at most before one counts.</param>
internal sealed record Scale(int Rounds, double Seconds, int Messages, int Rules, int MostWarmUps)
{
    public static Scale Whole { get; } = new(5, 5, 1_000_000, 10_000, 20);

    public static Scale Short { get; } = new(1, 1, 20_000, 1_000, 2);
}
