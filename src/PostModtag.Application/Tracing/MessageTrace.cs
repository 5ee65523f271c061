using System.Diagnostics;
using System.Globalization;

namespace PostModtag.Application.Tracing;

/// <summary>
/// A message's trace, from the first byte to its receipt at Digital Post, however long after and by whichever node. Its id is the
/// x-TransaktionsId under which the message first came: nothing has to be kept for it, and who has one has the other. Spans have ids,
/// keys and words of closed lists, and no field value of a message.
/// </summary>
internal static class MessageTrace
{
    /// <summary>The name by which collectors know the source.</summary>
    public const string SourceName = "PostModtag";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a span; it ends when it is disposed. Null when nobody listens.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="transactionId">The x-TransaktionsId of the message.</param>
    public static Activity? Begin(string name, Guid transactionId)
    {
        if (!Source.HasListeners())
            return null;
        var traceId = TraceIdOf(transactionId);
        var around = Activity.Current;
        if (around?.TraceId == traceId)
            return Source.StartActivity(name);

        // The call itself has a trace of its caller's; the two know each other. While it is the current one it would be taken for the parent.
        Activity.Current = null;
        return Source.StartActivity(
            name, ActivityKind.Internal, new ActivityContext(traceId, default, ActivityTraceFlags.Recorded, isRemote: true), links: around is null ? null : [new ActivityLink(around.Context)]);
    }

    /// <summary>The id of the trace of messages that first came under a transaction.</summary>
    public static ActivityTraceId TraceIdOf(Guid transactionId) => ActivityTraceId.CreateFromString(transactionId.ToString("N", CultureInfo.InvariantCulture));

    /// <summary>Says of a span what it ended as: a word of a closed list.</summary>
    public static void End(this Activity? span, string outcome) => span?.SetTag("postmodtag.outcome", outcome);

    /// <summary>Says of a span which message and which fagsystem it is about.</summary>
    public static void Of(this Activity? span, Guid messageUuid, string? fagsystem = null)
    {
        span?.SetTag("postmodtag.message_uuid", messageUuid.ToString());
        if (fagsystem is not null)
            span?.SetTag("postmodtag.fagsystem", fagsystem);
    }
}
