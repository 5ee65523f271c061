using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.Logging;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.ReceiveMessage;

/// <summary>Every check of a message that follows its schema: ours first; then, of one that passes, those that the host has added.</summary>
internal sealed class MessageChecks(MessageValidator ours, IEnumerable<IValidator<MemoMessage>> added, ILogger<MessageChecks> log)
{
    private readonly IValidator<MemoMessage>[] _added = [.. added];

    /// <summary>The rejection with the first rule's code and every violation; null when nothing is wrong.</summary>
    /// <exception cref="InvalidOperationException">A rule that was added does not say what it reports.</exception>
    public async ValueTask<Rejection?> CheckAsync(ReceivedMemo memo)
    {
        var failures = ours.Validate(memo.Memo!).Errors;
        for (var i = 0; i < _added.Length && failures.Count == 0; i++)
            failures = (await _added[i].ValidateAsync(memo.Memo!)).Errors;
        if (failures.Count == 0)
            return null;
        var violations = failures.ConvertAll(failure => Placed(ViolationOf(failure), memo.Root));
        return Rejection.For(ReceiptError.Of(failures[0].ErrorCode), violations);
    }

    // A failure's own text may quote the message, so none is ever used.
    private Violation ViolationOf(ValidationFailure failure)
    {
        if (failure.CustomState is Violation violation)
            return violation;
        ReceiveMessageLog.RuleReportsNothing(log, failure.PropertyName);
        throw new InvalidOperationException($"A rule on {failure.PropertyName} that was added does not end with {nameof(ViolationRules.Reports)}.");
    }

    // The rules look at the model, which has no places; the elements it was made from have.
    private static Violation Placed(Violation violation, MemoElement? root) =>
        root?.Find(violation.XPath) is { } element ? violation with { Line = element.Line, Column = element.Column } : violation;
}
