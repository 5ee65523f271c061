using FluentValidation;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Api.Tests.Extending.Samples;

public sealed class OnlyWithCase : AbstractValidator<MemoMessage>
{
    public OnlyWithCase() => RuleFor(message => message.MessageHeader.ContentData)
        .Must(content => content?.CaseID is not null)
        .Reports(
            ReceiptError.RejectedByAuthority,
            "/memo:Message/memo:MessageHeader/memo:ContentData/memo:CaseID",
            new BilingualText("forventede et sagsnummer", "expected a case number"));
}
