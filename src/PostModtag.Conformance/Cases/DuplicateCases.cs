using System.Text;

namespace PostModtag.Conformance.Cases;

/// <summary>The same messageUUID again, with the same and with other bytes, one after the other and at once.</summary>
internal static class DuplicateCases
{
    private const int AtOnce = 8;

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("DUPLICATE-01", "The same message again", "The same messageUUID with the same bytes gets the same receipt, byte for byte.", Sources.Once, AgainAsync),
        new("DUPLICATE-02", "The same rejected message again", "The same messageUUID with the same bytes gets the same receipt, byte for byte.", Sources.Once, RejectedAgainAsync),
        new("DUPLICATE-03", "The same messageUUID with other bytes", "The same messageUUID with other bytes is rejected (MESSAGE_UUID_REUSED), and the first message stays as it was.", Sources.Once, OtherBytesAsync),
        new("DUPLICATE-04", "The same messageUUID in capitals", "A message is known by its messageUUID, whose letter case does not count.", Sources.Once, CapitalsAsync),
        new("DUPLICATE-05", "The same message eight times at once", "The same messageUUID with the same bytes gets the same receipt; 503 says to send it again.", Sources.Once, AtOnceAsync),
        new("DUPLICATE-06", "Eight messages with one messageUUID at once", "One of them is taken, and the others are rejected (MESSAGE_UUID_REUSED).", Sources.Once, OthersAtOnceAsync),
    ];

    private static async Task AgainAsync(Probe probe)
    {
        var message = probe.Message();
        var first = Probe.Accepted(await probe.PostAsync(message), "a valid message");
        var again = await probe.PostAsync(message);
        Probe.Expect(again is { Status: 200 } && again.Body.AsSpan().SequenceEqual(first.Body), "the same message again", "the same receipt, byte for byte", again);
    }

    private static async Task RejectedAgainAsync(Probe probe)
    {
        var message = probe.Message(label: new string('x', 257));
        var first = Probe.Rejected(await probe.PostAsync(message), "a message whose label is too long", "INVALID", "SCHEMA_VIOLATION");
        var again = await probe.PostAsync(message);
        Probe.Expect(again is { Status: 200 } && again.Body.AsSpan().SequenceEqual(first.Body), "the same message again", "the same receipt, byte for byte", again);
    }

    private static async Task OtherBytesAsync(Probe probe)
    {
        var uuid = Guid.NewGuid();
        var message = probe.Message(uuid);
        var first = Probe.Accepted(await probe.PostAsync(message), "a valid message");
        Probe.Rejected(await probe.PostAsync(probe.Message(uuid, "En anden")), "another message with the same messageUUID", "NOT_ALLOWED", "MESSAGE_UUID_REUSED");
        var again = await probe.PostAsync(message);
        Probe.Expect(again is { Status: 200 } && again.Body.AsSpan().SequenceEqual(first.Body), "the first message again", "its own receipt, byte for byte", again);
    }

    private static async Task CapitalsAsync(Probe probe)
    {
        var uuid = Guid.NewGuid();
        Probe.Accepted(await probe.PostAsync(probe.Message(uuid)), "a valid message");
        var capitals = Encoding.UTF8.GetString(probe.Message(uuid)).Replace(uuid.ToString(), uuid.ToString().ToUpperInvariant(), StringComparison.Ordinal);
        Probe.Rejected(await probe.PostAsync(Probe.Bytes(capitals)), "the same message, but for its messageUUID in capitals", "NOT_ALLOWED", "MESSAGE_UUID_REUSED");
    }

    private static async Task AtOnceAsync(Probe probe)
    {
        var message = probe.Message();
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => probe.PostAsync(message)));
        foreach (var answer in answers)
            Probe.Expect(answer is { Status: 503 } || (answer is { Status: 200 } && answer.Property("receiptStatus") == "COMPLETED"), "the same message eight times at once", "200 with the receipt COMPLETED, or 503", answer);
        var receipts = answers.Where(answer => answer!.Status == 200).Select(answer => answer!.Text).Distinct().ToList();
        Probe.Expect(receipts.Count == 1, "the same message eight times at once", "one receipt, byte for byte, to whoever got one", answers[0]);
    }

    private static async Task OthersAtOnceAsync(Probe probe)
    {
        var uuid = Guid.NewGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(number => probe.PostAsync(probe.Message(uuid, $"Nummer {number}"))));
        var taken = answers.Count(answer => answer is { Status: 200 } && answer.Property("receiptStatus") == "COMPLETED");
        var refused = answers.Count(answer => answer is { Status: 503 } || (answer is { Status: 200 } && answer.Property("errorCode") == "MESSAGE_UUID_REUSED"));
        Probe.Expect(taken == 1 && taken + refused == AtOnce, "eight messages with one messageUUID at once", "one COMPLETED, and seven MESSAGE_UUID_REUSED or 503", answers[0]);
    }
}
