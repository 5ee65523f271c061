using System.Diagnostics;
using PostModtag.Api.ConsoleAccess;

namespace PostModtag.Api.Http;

/// <summary>
/// Writes one line a call: which operation, which status, how long, which transaction. Not the path and not the query,
/// which hold what people search for.
/// </summary>
internal sealed partial class RequestLogMiddleware(RequestDelegate next, ILogger<RequestLogMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        await next(context);

        // Health is asked every few seconds; its answers say nothing in a log.
        if (context.GetEndpoint()?.Metadata.GetMetadata<Health.HealthEndpoint>() is not null)
            return;
        var operation = context.GetEndpoint()?.Metadata.GetMetadata<IRouteNameMetadata>()?.RouteName ?? PageOf(context) ?? "(none)";
        var elapsed = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Answered(log, operation, context.Response.StatusCode, context.Items[Outcome] as string ?? "-", elapsed, Transaction.IdOf(context));
    }

    /// <summary>A page of the console: its route, which has no values in it.</summary>
    private static string? PageOf(HttpContext context) =>
        ConsoleRegistration.IsConsole(context) && context.GetEndpoint() is RouteEndpoint page ? $"{context.Request.Method} {page.RoutePattern.RawText}" : null;

    /// <summary>Under this key of the context's items a controller says in a word how it ended: a receipt's status and code.</summary>
    public static object Outcome { get; } = new();

    [LoggerMessage(201, LogLevel.Information, "{Operation} answered {StatusCode} {Outcome} in {ElapsedMilliseconds} ms, transaction {TransactionId}")]
    private static partial void Answered(ILogger log, string operation, int statusCode, string outcome, long elapsedMilliseconds, Guid transactionId);
}
