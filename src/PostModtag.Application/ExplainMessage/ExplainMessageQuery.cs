using System.Globalization;
using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Routing;
using PostModtag.Application.Rules;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.ExplainMessage;

/// <summary>Explain where a stored message goes, by the version that decided when it came, or by another.</summary>
/// <param name="MessageUuid">The message's messageUUID.</param>
/// <param name="Version"><c>draft</c>, <c>current</c>, or the number of a publication; null for the version that decided.</param>
public sealed record ExplainMessageQuery(Guid MessageUuid, string? Version) : IRequest<Explained>, IOfCallersAuthorities;

/// <summary>Explains it, as of the day it was received.</summary>
internal sealed class ExplainMessageHandler(CallersMessages messages, Explanations explanations) : IRequestHandler<ExplainMessageQuery, Explained>
{
    /// <inheritdoc />
    public async Task<Explained> Handle(ExplainMessageQuery request, CancellationToken cancellationToken)
    {
        var message = await messages.ViewAsync(request.MessageUuid, "explanation", cancellationToken);
        if (message is null)
            return new Explained.NoMessage();
        if (message is not { Memo: { } memo, Routing: { } routing })
            return new Explained.NotRoutable([.. message.Violations.Select(violation => new Fault(violation.XPath, violation.Expected))]);

        var day = DanishDay.Of(message.ReceivedAt);
        var version = request.Version ?? routing.Version?.ToString(CultureInfo.InvariantCulture);
        return version is not null && MessageRouter.AuthorityOf(memo) is { } cvr
            ? await explanations.ExplainAsync(cvr, version, new RoutedMessage(memo, message.Xml.Length), day, cancellationToken)
            : new Explained.Answer(null, day, new RoutingExplanation(new RoutingDecision(routing.Basis, message.Fagsystem, routing.Rule, routing.Reasons), []));
    }
}
