using System.Globalization;

namespace PostModtag.Cli.Sending;

/// <summary>What sending many came to, and a bar that shows meanwhile how far it is.</summary>
/// <param name="expected">How many are to be sent.</param>
/// <param name="bar">Where the bar goes; null where nobody watches.</param>
internal sealed class SendReport(int expected, TextWriter? bar)
{
    private const int Width = 30;

    private readonly Lock _lock = new();
    private readonly List<SentMessage> _sent = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<SentMessage> Sent => _sent;

    /// <summary>One has been sent.</summary>
    public void Add(SentMessage message)
    {
        lock (_lock)
        {
            _sent.Add(message);
            if (bar is null)
                return;
            var done = Width * _sent.Count / expected;
            bar.Write($"\r[{new string('#', done)}{new string('.', Width - done)}] {_sent.Count} of {expected}");
            if (_sent.Count == expected)
                bar.WriteLine();
        }
    }

    /// <summary>How many came to what, how fast, and how long they took.</summary>
    public string Summary(TimeSpan taken)
    {
        var counts = string.Join(", ", _sent.GroupBy(message => message.ReceiptStatus ?? (message.HttpStatus == 0 ? "no answer" : $"HTTP {message.HttpStatus}"))
            .OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}"));
        List<double> times = [.. _sent.Select(message => message.Milliseconds).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{_sent.Count} sent in {taken.TotalSeconds:0.0} s, {_sent.Count / taken.TotalSeconds:0} a second: {counts}. Answers took {At(times, 0.5):0} ms (p50), {At(times, 0.95):0} ms (p95), {times[^1]:0} ms at most.");
    }

    private static double At(List<double> sorted, double part) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * part) - 1)];
}
