namespace PostModtag.Domain.Messages;

/// <summary>The decision to reject a message: why, and what is wrong where.</summary>
/// <param name="Code">The errorCode of the receipt: one of <see cref="ReceiptError"/>, or what a fagsystem on another host gave.</param>
/// <param name="Status">The status; the code's own unless a fagsystem says otherwise.</param>
/// <param name="Message">The errorMessage of the receipt.</param>
/// <param name="Violations">What is wrong where; empty when the reason is of another kind.</param>
public sealed record Rejection(string Code, ReceiptStatus Status, string Message, IReadOnlyList<Violation> Violations)
{
    /// <summary>How many violations an errorMessage spells out; the message's page shows all.</summary>
    public const int ViolationsInMessage = 10;

    private const int MaxReason = 2_000;

    /// <summary>A rejection with the code's own text, and the violations in words after it.</summary>
    public static Rejection For(ReceiptError error, params IReadOnlyList<Violation> violations)
    {
        var danish = new List<string> { error.Text.Danish };
        var english = new List<string> { error.Text.English };
        foreach (var violation in violations.Take(ViolationsInMessage))
        {
            danish.Add(violation.Sentence.Danish);
            english.Add(violation.Sentence.English);
        }

        if (violations.Count > ViolationsInMessage)
        {
            var (mindst, atLeast) = violations.Count >= Violation.MostKept ? ("mindst ", "at least ") : ("", "");
            danish.Add($"Og {mindst}{violations.Count - ViolationsInMessage} mere.");
            english.Add($"And {atLeast}{violations.Count - ViolationsInMessage} more.");
        }

        var text = new BilingualText(string.Join(' ', danish), string.Join(' ', english));
        return new Rejection(error.Code, error.Status, text.ToString(), violations);
    }

    /// <summary>A rejection by the fagsystem, in its own words.</summary>
    /// <exception cref="ArgumentException">The reason is empty, or the status is no rejection.</exception>
    public static Rejection ByFagsystem(string reason, ReceiptStatus status)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (status is not (ReceiptStatus.Invalid or ReceiptStatus.NotAllowed))
            throw new ArgumentException("A rejection is INVALID or NOT_ALLOWED.", nameof(status));
        return new Rejection(ReceiptError.RejectedByFagsystem.Code, status, reason, []);
    }

    /// <summary>A rejection by a person of the authority, who has looked at the message.</summary>
    public static Rejection ByPerson(string reason) =>
        ByFagsystem(ReceiptText.Writable(reason, MaxReason), ReceiptStatus.NotAllowed) with { Code = ReceiptError.RejectedByAuthority.Code };

    /// <summary>The rejection of a fagsystem on another host, passed on as it is.</summary>
    /// <exception cref="ArgumentException">The code or the text is empty, or the status is no rejection.</exception>
    public static Rejection Relayed(string code, ReceiptStatus status, string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        return ByFagsystem(message, status) with { Code = code };
    }

    /// <summary>The status only: a fagsystem's code and reason may say something of the message.</summary>
    public override string ToString() => $"Rejection {Status}";
}
