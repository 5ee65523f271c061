using System.Text;

namespace PostModtag.Conformance.Cases;

/// <summary>Content-Type, charset, Content-Encoding and Accept.</summary>
internal static class MediaTypeCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("MEDIA-01", "Content-Type text/xml", "The Content-Type is application/xml or text/xml.", Sources.Of(415), async probe =>
            Probe.Accepted(await probe.PostAsync(probe.Message(), "text/xml"), "a valid message as text/xml")),
        new("MEDIA-02", "Content-Type application/xml; charset=utf-8", "With or without a charset.", Sources.Operation, async probe =>
            Probe.Accepted(await probe.PostAsync(probe.Message(), "application/xml; charset=utf-8"), "a valid message as application/xml; charset=utf-8")),
        new("MEDIA-03", "A charset that overrules the XML declaration", "A charset in Content-Type overrules the XML declaration.", Sources.Operation, async probe =>
            Probe.Accepted(await probe.PostAsync(Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(probe.Message())), "application/xml; charset=iso-8859-1"), "a message in ISO-8859-1 that declares UTF-8, as application/xml; charset=iso-8859-1")),
        .. Refused("MEDIA-04", "Content-Type application/json", "application/json"),
        .. Refused("MEDIA-05", "Content-Type text/plain", "text/plain"),
        .. Refused("MEDIA-06", "No Content-Type", null),
        .. Refused("MEDIA-07", "A charset that nobody knows", "application/xml; charset=x-nobody"),
        new("MEDIA-08", "A compressed body", "The body is compressed: MEDIA_TYPE_NOT_SUPPORTED.", Sources.Of(415), async probe =>
            Probe.Problem(await probe.PostAsync(probe.Message(), headers: ("Content-Encoding", "gzip")), "a body with Content-Encoding: gzip", 415, "MEDIA_TYPE_NOT_SUPPORTED")),
        new("ACCEPT-01", "No Accept", "Accept picks XML or JSON; XML when nothing is asked for.", Sources.Of(200), async probe => await AsAsync(probe, null, "application/xml")),
        new("ACCEPT-02", "Accept */*", "Accept picks XML or JSON; XML when nothing is asked for.", Sources.Of(200), async probe => await AsAsync(probe, "*/*", "application/xml")),
        new("ACCEPT-03", "Accept application/json", "Accept picks XML or JSON.", Sources.Of(200), async probe => await AsAsync(probe, "application/json", "application/json")),
        new("ACCEPT-04", "Accept application/json;q=0.1, application/xml", "Accept picks XML or JSON.", Sources.Of(200), async probe => await AsAsync(probe, "application/json;q=0.1, application/xml", "application/xml")),
        new("ACCEPT-05", "Accept text/html", "Accept asks for neither XML nor JSON (NOT_ACCEPTABLE).", Sources.Of(406), async probe =>
            Probe.Problem(await probe.PostAsync(probe.Message(), accept: "text/html"), "a valid message with Accept: text/html", 406, "NOT_ACCEPTABLE")),
    ];

    private static IEnumerable<ConformanceCase> Refused(string id, string title, string? contentType) =>
    [
        new(id, title, "The Content-Type is neither application/xml nor text/xml, or its charset is unknown: MEDIA_TYPE_NOT_SUPPORTED.", Sources.Of(415), async probe =>
            Probe.Problem(await probe.PostAsync(probe.Message(), contentType), contentType is null ? "a valid message without a Content-Type" : $"a valid message as {contentType}", 415, "MEDIA_TYPE_NOT_SUPPORTED")),
    ];

    private static async Task AsAsync(Probe probe, string? accept, string expected)
    {
        var answer = await probe.PostAsync(probe.Message(), accept: accept);
        Probe.Expect(answer is { Status: 200 } && answer.MediaType == expected, accept is null ? "a valid message without an Accept" : $"a valid message with Accept: {accept}", $"200 with {expected}", answer);
    }
}
