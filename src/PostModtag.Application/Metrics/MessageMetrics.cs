using System.Diagnostics.Metrics;

namespace PostModtag.Application.Metrics;

/// <summary>What becomes of messages, counted and timed. docs/operating.md lists the instruments.</summary>
internal sealed class MessageMetrics
{
    private readonly Histogram<double> _received;
    private readonly Histogram<double> _delivered;
    private readonly Counter<long> _relayed;

    /// <summary>Makes the instruments.</summary>
    public MessageMetrics(PostModtagMeter meter)
    {
        // From a message of some kilobytes for an inbox of this server's own to 99.5 MB for a fagsystem that takes its time.
        var seconds = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] };
        _received = meter.Meter.CreateHistogram("postmodtag.receive.duration", "s", "How long a call at EP_FS1 took from its body's first byte to its answer.", [], seconds);
        _delivered = meter.Meter.CreateHistogram("postmodtag.deliver.duration", "s", "How long a fagsystem took to answer.", [], seconds);
        _relayed = meter.Meter.CreateCounter<long>("postmodtag.relay.receipts", "{receipt}", "Receipts that were sent to Digital Post.");
    }

    /// <summary>A call at EP_FS1 was answered: with a receipt's status, or <c>NotAMessage</c>, or <c>Undecided</c>.</summary>
    public void Received(string outcome, TimeSpan time) => _received.Record(time.TotalSeconds, KeyValuePair.Create<string, object?>("outcome", outcome));

    /// <summary>A fagsystem was asked, and so it answered.</summary>
    public void Delivered(string fagsystem, string outcome, TimeSpan time) =>
        _delivered.Record(time.TotalSeconds, KeyValuePair.Create<string, object?>("fagsystem", fagsystem), KeyValuePair.Create<string, object?>("outcome", outcome));

    /// <summary>A receipt was sent to Digital Post, and so it stands since.</summary>
    public void Relayed(string state) => _relayed.Add(1, KeyValuePair.Create<string, object?>("state", state));
}
