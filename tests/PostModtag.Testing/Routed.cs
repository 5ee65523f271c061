using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Rules;

namespace PostModtag.Testing;

/// <summary>Messages that have been routed.</summary>
public static class Routed
{
    /// <summary>Routes a message to a fagsystem, as is done without rules.</summary>
    public static void RouteTo(this Message message, string fagsystem) =>
        message.Route(new RoutingDecision(RoutingBasis.NoRules, fagsystem, null, []), null, WhenUndecided.Resend, message.ReceivedAt);

    /// <summary>Keeps a new message as it is, with nothing beside.</summary>
    public static Task<bool> AddAsync(this IMessageStore store, Message message, IStagedContents contents, CancellationToken cancellationToken) =>
        store.AddAsync(new MessageChange { Message = message }, contents, cancellationToken);
}
