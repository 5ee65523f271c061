namespace PostModtag.Api.Http;

/// <summary>The x-TransaktionsId of a call: taken from it, or made here.</summary>
internal sealed record Transaction(Guid Id)
{
    /// <summary>The header's name, as on Serviceplatformen.</summary>
    public const string Header = "x-TransaktionsId";

    public static Guid IdOf(HttpContext context) => context.Features.Get<Transaction>()!.Id;
}

/// <summary>Gives each call its transaction, echoes it in the answer, whatever that is, and puts it on all that is logged.</summary>
internal sealed class TransactionMiddleware(RequestDelegate next, ILogger<TransactionMiddleware> log)
{
    private static readonly Func<ILogger, Guid, IDisposable?> Scope = LoggerMessage.DefineScope<Guid>("transaction {TransactionId}");

    public async Task InvokeAsync(HttpContext context)
    {
        // One that is no UUID is refused later; until then the call has one that can be trusted in a log.
        var given = context.Request.Headers[Transaction.Header].ToString();
        var isGiven = Guid.TryParse(given, out var id);
        if (!isGiven)
            id = Guid.NewGuid();
        var echo = isGiven ? given : id.ToString();
        context.Features.Set(new Transaction(id));
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Transaction.Header] = echo;
            return Task.CompletedTask;
        });
        using (Scope(log, id))
            await next(context);
    }
}
