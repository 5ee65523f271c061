using PostModtag.Conformance.Messages;

namespace PostModtag.Conformance.Cases;

/// <summary>Messages of both versions in all spellings, and each bound of the schema from its other side.</summary>
internal static class ExampleCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        .. Example.Valid.Select(example => new ConformanceCase(
            $"VALID-{example.Name}", $"The valid message {example.Name}", "The body is one MeMo message, version 1.1 or 1.2, in any encoding that XML allows; accepted it has the receipt COMPLETED.", Sources.Operation,
            async probe => Probe.Accepted(await probe.PostAsync(example.ToBytes(probe.Target.Recipient)), $"the example {example.Name}"))),
        .. Example.Invalid.Select(example => new ConformanceCase(
            $"INVALID-{example.Name}", $"The message {example.Name}, which is wrong", $"The whole schema is checked, of everything in the message; what is wrong is rejected with {example.Receipt.ReceiptStatus}, {example.Receipt.ErrorCode}.", Sources.Codes,
            async probe => Probe.Rejected(await probe.PostAsync(example.ToBytes(probe.Target.Recipient)), $"the example {example.Name}", example.Receipt.ReceiptStatus, example.Receipt.ErrorCode))),
    ];
}
