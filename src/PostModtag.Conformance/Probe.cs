using System.Globalization;
using System.Text;
using PostModtag.Conformance.Http;
using PostModtag.Conformance.Messages;

namespace PostModtag.Conformance;

/// <summary>What a case has in hand: the endpoint, and messages for it.</summary>
public sealed class Probe
{
    private readonly RawHttp _http;

    internal Probe(ConformanceTarget target) => (Target, _http) = (target, new RawHttp(target));

    /// <summary>What is known of the endpoint.</summary>
    public ConformanceTarget Target { get; }

    /// <summary>A small valid message that nobody has sent.</summary>
    public byte[] Message(Guid? messageUuid = null, string label = "Prøve", int bytes = Letter.Smallest) => Letter.Of(messageUuid ?? Guid.NewGuid(), Target.Recipient, bytes, label);

    /// <summary>Posts a body as it is to be posted; null where there was no answer.</summary>
    /// <param name="body">The body.</param>
    /// <param name="contentType">Its Content-Type; null for none.</param>
    /// <param name="accept">What is asked for; null for nothing.</param>
    /// <param name="headers">Further headers.</param>
    public Task<Answer?> PostAsync(byte[] body, string? contentType = "application/xml", string? accept = "application/json", params (string Name, string Value)[] headers) =>
        SendAsync("POST", [.. contentType is null ? [] : new[] { ("Content-Type", contentType) }, .. accept is null ? [] : new[] { ("Accept", accept) }, ("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture)), .. headers], body);

    /// <summary>Sends a head and a body, whatever they are.</summary>
    public Task<Answer?> SendAsync(string method, IEnumerable<(string Name, string Value)> headers, byte[] body) => _http.SendAsync(method, headers, async (stream, cancellationToken) =>
    {
        await stream.WriteAsync(body, cancellationToken);
        return true;
    });

    /// <summary>Sends a head and what is written; false breaks off there.</summary>
    public Task<Answer?> SendAsync(IEnumerable<(string Name, string Value)> headers, Func<Stream, CancellationToken, Task<bool>> write) =>
        _http.SendAsync("POST", [("Content-Type", "application/xml"), ("Accept", "application/json"), .. headers], write);

    /// <summary>That it is so; else the case has failed.</summary>
    public static void Expect(bool isSo, string sent, string expected, Answer? came)
    {
        if (!isSo)
            throw new CaseFailedException(sent, expected, came?.InWords() ?? "no answer");
    }

    /// <summary>That the message was accepted.</summary>
    public static Answer Accepted(Answer? answer, string sent)
    {
        Expect(
            answer is { Status: 200 } && answer.Property("receiptStatus") == "COMPLETED", sent,
            "200 with the receipt COMPLETED; the fagsystem behind the endpoint must accept all messages to the recipient that is given", answer);
        return answer!;
    }

    /// <summary>That it was rejected, and why.</summary>
    public static Answer Rejected(Answer? answer, string sent, string receiptStatus, string? errorCode)
    {
        Expect(
            answer is { Status: 200 } && answer.Property("receiptStatus") == receiptStatus && (errorCode is null ? answer.Property("errorCode") is not null : answer.Property("errorCode") == errorCode), sent,
            $"200 with the receipt {receiptStatus}{(errorCode is null ? " and an errorCode" : $", {errorCode}")}", answer);
        return answer!;
    }

    /// <summary>That it was a problem of the contract's.</summary>
    public static Answer Problem(Answer? answer, string sent, int status, string code)
    {
        Expect(answer?.Status == status && answer.Property("code") == code, sent, string.Create(CultureInfo.InvariantCulture, $"{status} with the problem {code}"), answer);
        return answer!;
    }

    /// <summary>Text as UTF-8.</summary>
    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
