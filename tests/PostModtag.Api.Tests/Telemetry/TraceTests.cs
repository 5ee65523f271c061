using System.Collections.Concurrent;
using System.Diagnostics;
using PostModtag.Api.Tests.Deliveries;
using PostModtag.Application.Tracing;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Telemetry;

/// <summary>A message has one trace, from its first byte to its receipt at Digital Post, and its id is the x-TransaktionsId.</summary>
[Collection(Alone.Name)]
public sealed class TraceTests : IAsyncLifetime, IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;
    private StandInDigitalPost _digitalPost = null!;
    private Delivering _delivering = null!;

    public TraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MessageTrace.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public async Task InitializeAsync()
    {
        _digitalPost = await StandInDigitalPost.StartAsync();
        _delivering = await Delivering.StartAsync(WhenUndecided.HOLD, settings: Outbox.ReceiptRelayTests.Settings(_digitalPost.Url));
    }

    public async Task DisposeAsync()
    {
        await _delivering.DisposeAsync();
        await _digitalPost.DisposeAsync();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task What_is_done_with_a_message_is_one_trace_also_what_comes_later()
    {
        _delivering.Fagsystem.Answer = StandInAnswers.Status(503);
        var (memo, transaction) = (new TestMemo(), Guid.NewGuid());
        using var answer = await _delivering.Server.PostAsync(memo.ToBytes(), transactionId: transaction.ToString());
        _delivering.Fagsystem.Answer = StandInAnswers.Accept;
        await _delivering.UntilDecidedAsync(memo);
        await Eventually.BeSoAsync(() => Of(transaction).Any(span => span.OperationName == "relay"));

        var spans = Of(transaction);
        spans.Select(span => span.OperationName).Distinct().ShouldBe(["receive", "read", "keep", "deliver", "relay"], ignoreOrder: true);
        spans.Where(span => span.OperationName == "deliver").Select(span => (span.GetTagItem("postmodtag.fagsystem"), span.GetTagItem("postmodtag.outcome")))
            .ShouldContain(((object?)Delivering.Key, (object?)"Accepted"));
        spans.Single(span => span.OperationName == "receive").GetTagItem("postmodtag.outcome").ShouldBe("Received");
        spans.Single(span => span.OperationName == "relay").GetTagItem("postmodtag.outcome").ShouldBe("Taken");
        spans.Where(span => span.OperationName is "read" or "keep").ShouldAllBe(span => span.ParentSpanId == spans.Single(root => root.OperationName == "receive").SpanId);
        spans.Where(span => span.OperationName is "receive" or "relay").ShouldAllBe(span => span.ParentSpanId == default);
    }

    private List<Activity> Of(Guid transaction) => [.. _spans.Where(span => span.TraceId == MessageTrace.TraceIdOf(transaction))];
}
