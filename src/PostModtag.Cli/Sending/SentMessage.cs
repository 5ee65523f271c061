using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace PostModtag.Cli.Sending;

/// <summary>What an EP_FS1 answered to a message.</summary>
/// <param name="Name">What was sent: a file, or the messageUUID of a message that was made.</param>
/// <param name="HttpStatus">The answer's status; 0 where there was none.</param>
/// <param name="ReceiptStatus">COMPLETED, INVALID, NOT_ALLOWED or RECEIVED; null where the answer is no receipt.</param>
/// <param name="ErrorCode">Why it was not taken.</param>
/// <param name="Text">The receipt's text, the problem's, or why there was no answer.</param>
/// <param name="RetryAfter">When to send again, in seconds; null where the answer does not say.</param>
/// <param name="Milliseconds">How long the answer took.</param>
internal sealed record SentMessage(string Name, int HttpStatus, string? ReceiptStatus, string? ErrorCode, string? Text, int? RetryAfter, double Milliseconds)
{
    /// <summary>Whether a fagsystem has taken it.</summary>
    public bool IsAccepted => ReceiptStatus == "COMPLETED";

    /// <summary>Reads an answer, as JSON or as XML, whoever's it is.</summary>
    public static async Task<SentMessage> OfAsync(string name, HttpResponseMessage answer, TimeSpan taken, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        var read = ReadJson(body) ?? ReadXml(body);
        return new SentMessage(
            name, (int)answer.StatusCode, read("receiptStatus"), read("errorCode") ?? read("code"), read("errorMessage") ?? read("detail") ?? read("title"),
            (int?)answer.Headers.RetryAfter?.Delta?.TotalSeconds, taken.TotalMilliseconds);
    }

    /// <summary>One line for a person.</summary>
    public override string ToString() => $"{ReceiptStatus ?? (HttpStatus == 0 ? "no answer" : $"HTTP {HttpStatus}"),-12}{Name}"
        + (ErrorCode is null ? "" : $": {ErrorCode}") + (Text is null ? "" : $"{(ErrorCode is null ? ":" : ",")} {Text}") + (RetryAfter is { } seconds ? $" (send again in {seconds} s)" : "");

    private static Func<string, string?>? ReadJson(string body)
    {
        try
        {
            var root = JsonDocument.Parse(body).RootElement;
            return root.ValueKind != JsonValueKind.Object ? null
                : name => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Func<string, string?> ReadXml(string body)
    {
        try
        {
            using var reader = System.Xml.XmlReader.Create(new StringReader(body), new System.Xml.XmlReaderSettings { DtdProcessing = System.Xml.DtdProcessing.Prohibit });
            var elements = XDocument.Load(reader).Descendants().Where(element => !element.HasElements).ToLookup(element => element.Name.LocalName, element => element.Value, StringComparer.OrdinalIgnoreCase);
            return name => elements[name].FirstOrDefault(value => value.Length > 0);
        }
        catch (System.Xml.XmlException)
        {
            return _ => null;
        }
    }

    /// <summary>That there was no answer.</summary>
    public static SentMessage NoAnswer(string name, Exception exception, TimeSpan taken) =>
        new(name, 0, null, null, exception is HttpRequestException { StatusCode: HttpStatusCode status } ? status.ToString() : exception.Message, null, taken.TotalMilliseconds);
}
