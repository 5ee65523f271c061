using MediatR;
using Microsoft.Extensions.Options;
using PostModtag.Application.Administration;
using PostModtag.Application.Deliveries;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.DecideMessage;

/// <summary>Does what a person has decided about a message, and answers when its fagsystem has been asked.</summary>
internal sealed class DecideMessageHandler(MessageDecisions decisions, MessageDelivery delivery, IOptions<PostModtagOptions> options) : IRequestHandler<DecideMessageCommand, Change<Message>>
{
    /// <summary>How long it may be on its way at this moment: most fagsystemer answer sooner.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task<Change<Message>> Handle(DecideMessageCommand request, CancellationToken cancellationToken) =>
        await decisions.FaultsOfAsync(request.Decision, cancellationToken) is { Count: > 0 } faults
            ? new Change<Message>.Invalid(faults)
            : await decisions.MakeAsync(request.MessageUuid, request.Decision, Patience, message => delivery.DeliverAgainAsync(message, options.Value.DeliveryTimeout), cancellationToken);
}
