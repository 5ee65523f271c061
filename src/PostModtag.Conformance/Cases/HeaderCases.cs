using System.Text.Json;

namespace PostModtag.Conformance.Cases;

/// <summary>The transaction, the method, and what a problem is made of.</summary>
internal static class HeaderCases
{
    private static readonly string[] Required = ["type", "title", "status", "code", "transactionId"];

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("HEADER-01", "x-TransaktionsId", "The transaction this call belongs to. It is echoed in the answer.", Sources.Operation, EchoAsync),
        new("HEADER-02", "No x-TransaktionsId", "Made by the server when absent.", Sources.Operation, MadeAsync),
        new("HEADER-03", "An x-TransaktionsId that is no UUID", "A request header that is not what this contract says: HEADER_INVALID.", Sources.Of(400), async probe =>
            Probe.Problem(await probe.PostAsync(probe.Message(), headers: ("x-TransaktionsId", "4711")), "x-TransaktionsId: 4711", 400, "HEADER_INVALID")),
        new("HEADER-04", "An x-TransaktionsTid that is no time", "A request header that is not what this contract says: HEADER_INVALID.", Sources.Of(400), async probe =>
            Probe.Problem(await probe.PostAsync(probe.Message(), headers: ("x-TransaktionsTid", "yesterday")), "x-TransaktionsTid: yesterday", 400, "HEADER_INVALID")),
        new("HEADER-05", "An x-TransaktionsTid", "When the transaction began, ISO 8601.", Sources.Operation, async probe =>
            Probe.Accepted(await probe.PostAsync(probe.Message(), headers: ("x-TransaktionsTid", "2026-11-23T10:15:30Z")), "a valid message with an x-TransaktionsTid")),
        .. new[] { "GET", "PUT", "DELETE" }.Select((method, i) => new ConformanceCase($"METHOD-0{i + 1}", method, "Another method than POST (METHOD_NOT_ALLOWED).", Sources.Of(405), async probe =>
            Probe.Problem(await probe.SendAsync(method, [("Accept", "application/json"), ("Content-Length", "0")], []), $"{method}", 405, "METHOD_NOT_ALLOWED"))),
        new("PROBLEM-01", "What a problem has", "A problem as RFC 9457 has it, with a code of a closed list and the transaction's id.", Sources.Problem, ProblemAsync),
    ];

    private static async Task EchoAsync(Probe probe)
    {
        var transaction = Guid.NewGuid().ToString();
        var answer = await probe.PostAsync(probe.Message(), headers: ("x-TransaktionsId", transaction));
        Probe.Expect(answer is { Status: 200 } && string.Equals(answer.Header("x-TransaktionsId"), transaction, StringComparison.OrdinalIgnoreCase), "a valid message with an x-TransaktionsId", "200, and the same x-TransaktionsId in the answer", answer);
    }

    private static async Task MadeAsync(Probe probe)
    {
        var answer = await probe.PostAsync(probe.Message());
        Probe.Expect(answer is { Status: 200 } && Guid.TryParse(answer.Header("x-TransaktionsId"), out _), "a valid message without an x-TransaktionsId", "200, and an x-TransaktionsId in the answer that is a UUID", answer);
    }

    private static async Task ProblemAsync(Probe probe)
    {
        var transaction = Guid.NewGuid().ToString();
        var answer = await probe.PostAsync(Probe.Bytes("<x>"), headers: ("x-TransaktionsId", transaction));
        Probe.Expect(answer is { Status: 400, MediaType: "application/problem+json" }, "a body that is no XML", "400 with application/problem+json", answer);
        var root = JsonDocument.Parse(answer!.Body).RootElement;
        Probe.Expect(
            Required.All(name => root.TryGetProperty(name, out _)) && answer.Property("status") == "400" && answer.Property("transactionId") == transaction && answer.Property("type") == $"urn:postmodtag:problem:{answer.Property("code")}",
            "a body that is no XML", $"a problem with {string.Join(", ", Required)}, that has the status and the transaction of the call", answer);
    }
}
