namespace PostModtag.Domain.Messages;

/// <summary>The decision to reject a message: why, and what is wrong where.</summary>
/// <param name="Error">The error code.</param>
/// <param name="Status">The status; the code's own unless a fagsystem says otherwise.</param>
/// <param name="Message">The errorMessage of the receipt.</param>
/// <param name="Violations">What is wrong where; empty when the reason is of another kind.</param>
public sealed record Rejection(ReceiptError Error, ReceiptStatus Status, string Message, IReadOnlyList<Violation> Violations)
{
    /// <summary>How many violations an errorMessage spells out; the message's page shows all.</summary>
    public const int ViolationsInMessage = 10;

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
        return new Rejection(error, error.Status, text.ToString(), violations);
    }

    /// <summary>A rejection by the fagsystem, in its own words.</summary>
    /// <exception cref="ArgumentException">The reason is empty, or the status is no rejection.</exception>
    public static Rejection ByFagsystem(string reason, ReceiptStatus status)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (status == ReceiptStatus.Completed)
            throw new ArgumentException("A rejection is INVALID or NOT_ALLOWED.", nameof(status));
        return new Rejection(ReceiptError.RejectedByFagsystem, status, reason, []);
    }

    /// <summary>The error code only: a fagsystem's reason may say something of the message.</summary>
    public override string ToString() => $"Rejection {Error}";
}
