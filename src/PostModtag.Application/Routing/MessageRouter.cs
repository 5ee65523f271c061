using PostModtag.Application.Fagsystemer;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Routing;

/// <summary>Finds the one fagsystem that a message is for, by the rules of the authority that it is sent to.</summary>
internal sealed class MessageRouter(RoutingTables tables, FagsystemDirectory handlers, TimeProvider clock)
{
    /// <summary>Routes a message.</summary>
    /// <param name="table">The set-up that it is routed by.</param>
    /// <param name="memo">The message; it follows the schema.</param>
    /// <param name="size">The size of its XML in bytes.</param>
    public async Task<(RoutingDecision Decision, int? Version, WhenUndecided WhenUndecided)> RouteAsync(RoutingTable table, MemoMessage memo, long size)
    {
        if (AuthorityOf(memo) is not { } cvr || table.CurrentVersion(cvr) is not { } version)
            return (new RoutingDecision(RoutingBasis.NoRules, handlers.Default, null, []), null, WhenUndecided.Resend);

        var router = await tables.RouterAsync(cvr, version);
        return (router.Route(new RoutedMessage(memo, size), DanishDay.Of(clock.GetUtcNow()), table.KeyNamed), version, router.WhenUndecided);
    }

    /// <summary>The CVR number of the authority that a message is sent to; null when it is sent to somebody else.</summary>
    public static string? AuthorityOf(MemoMessage memo) =>
        memo.MessageHeader.Recipient is { IdType: "CVR" } recipient ? recipient.RecipientID : null;
}
