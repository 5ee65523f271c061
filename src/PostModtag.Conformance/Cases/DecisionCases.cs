using System.Globalization;

namespace PostModtag.Conformance.Cases;

/// <summary>What the fagsystem decides, and what it does not.</summary>
internal static class DecisionCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("DECISION-01", "A message that the fagsystem rejects", "The fagsystem has rejected the message: a receipt INVALID or NOT_ALLOWED, with an errorCode.", Sources.Codes, RejectedAsync),
        new("DECISION-02", "The same again", "Sent again, it gets the same receipt.", Sources.Once, RejectedAgainAsync),
        new("DECISION-03", "A message that the fagsystem does not decide", "503 with Retry-After and application/problem+json: not decided now. There is no receipt.", Sources.Of(503), UndecidedAsync),
    ];

    private static string RejectedLabel(Probe probe) => probe.Target.RejectedLabel ?? throw new CaseSkippedException("Give the title (label) of messages that the fagsystem behind the endpoint rejects: --reject-label.");

    private static async Task RejectedAsync(Probe probe)
    {
        var answer = await probe.PostAsync(probe.Message(label: RejectedLabel(probe)));
        Probe.Expect(
            answer is { Status: 200 } && answer.Property("receiptStatus") is "INVALID" or "NOT_ALLOWED" && answer.Property("errorCode") is not null and not "SCHEMA_VIOLATION",
            "a message that the fagsystem rejects", "200 with a receipt INVALID or NOT_ALLOWED, and an errorCode", answer);
    }

    private static async Task RejectedAgainAsync(Probe probe)
    {
        var message = probe.Message(label: RejectedLabel(probe));
        var first = await probe.PostAsync(message);
        var again = await probe.PostAsync(message);
        Probe.Expect(first is { Status: 200 } && again is { Status: 200 } && again.Body.AsSpan().SequenceEqual(first.Body), "a message that the fagsystem rejects, twice", "the same receipt, byte for byte", again);
    }

    private static async Task UndecidedAsync(Probe probe)
    {
        var label = probe.Target.UndecidedLabel ?? throw new CaseSkippedException("Give the title (label) of messages that the fagsystem behind the endpoint gives no answer to: --undecided-label.");
        var answer = Probe.Problem(await probe.PostAsync(probe.Message(label: label)), "a message that the fagsystem does not decide", 503, "FAGSYSTEM_UNDECIDED");
        Probe.Expect(int.TryParse(answer.Header("Retry-After"), CultureInfo.InvariantCulture, out var seconds) && seconds >= 1, "a message that the fagsystem does not decide", "a Retry-After of a second or more", answer);
    }
}
