using System.Globalization;
using System.Text;
using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Memo;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Application.Routing;
using PostModtag.Application.Rules;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.ExplainMemo;

/// <summary>Explain where a MeMo message would go by a version of an authority's rules. Nothing of it is kept.</summary>
public sealed class ExplainMemoQuery : IRequest<Explained>, IOfAuthority
{
    /// <summary>The authority's CVR number.</summary>
    public required string Cvr { get; init; }

    /// <summary><c>draft</c>, <c>current</c>, or the number of a publication.</summary>
    public required string Version { get; init; }

    /// <summary>The message.</summary>
    public required Stream Memo { get; init; }

    /// <summary>The charset that the Content-Type names; null when it names none.</summary>
    public Encoding? Charset { get; init; }
}

/// <summary>Explains it, as of today, whoever its recipient is.</summary>
internal sealed class ExplainMemoHandler(IMemoReader reader, MessageChecks checks, Explanations explanations, TimeProvider clock) : IRequestHandler<ExplainMemoQuery, Explained>
{
    /// <inheritdoc />
    public async Task<Explained> Handle(ExplainMemoQuery request, CancellationToken cancellationToken)
    {
        var reading = await reader.ReadAsync(request.Memo, request.Charset, cancellationToken);
        if (reading is not MemoReading.Message message)
        {
            var none = (MemoReading.NotAMessage)reading;
            return none.Reason == NotAMessageReason.TooLarge ? new Explained.TooLarge() : new Explained.NotRoutable([FaultOf(none)]);
        }

        await using var keepNothing = message;
        var memo = message.Memo;
        var rejection = memo.Rejection ?? await checks.CheckAsync(memo);
        if (rejection is not null && rejection.Code != ReceiptError.RecipientNotServed.Code)
            return new Explained.NotRoutable([.. rejection.Violations.Select(violation => new Fault(violation.XPath, violation.Expected))]);
        return await explanations.ExplainAsync(
            request.Cvr, request.Version, new RoutedMessage(memo.Memo!, memo.Xml.Length), DanishDay.Of(clock.GetUtcNow()), cancellationToken);
    }

    private static Fault FaultOf(MemoReading.NotAMessage reading) => reading.Reason switch
    {
        NotAMessageReason.MessageUuidMissing => new Fault("/memo:Message/memo:MessageHeader/memo:messageUUID", new BilingualText("Her skal stå et UUID.", "Expected a UUID.")),
        _ => new Fault(string.Create(CultureInfo.InvariantCulture, $"line {reading.Line}, column {reading.Column}"), new BilingualText(
            "Filen skal være én MeMo-meddelelse som velformet XML uden dokumenttype.", "Expected one MeMo message as well-formed XML without a document type declaration.")),
    };
}
