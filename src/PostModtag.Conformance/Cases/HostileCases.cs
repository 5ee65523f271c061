using System.Text;

namespace PostModtag.Conformance.Cases;

/// <summary>XML that means harm: a right answer, and soon.</summary>
internal static class HostileCases
{
    private const int Depth = 10_000;
    private const int Many = 200_000;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        NoXml("HOSTILE-01", "A document type declaration", "A document type declaration (DTD) is refused.", message => Typed(message, "<!DOCTYPE Message>")),
        NoXml("HOSTILE-02", "Entities that grow (a billion laughs)", "A document type declaration (DTD) is refused.", message => Typed(message, Laughs())),
        NoXml("HOSTILE-03", "An external entity", "A document type declaration (DTD) is refused.", message => Typed(message, "<!DOCTYPE Message [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>").Replace("Prøve", "&e;", StringComparison.Ordinal)),
        NoXml("HOSTILE-04", "An external parameter entity", "A document type declaration (DTD) is refused.", message => Typed(message, "<!DOCTYPE Message [<!ENTITY % e SYSTEM \"http://127.0.0.1:9/x\"> %e;]>")),
        Rejected("HOSTILE-05", "Ten thousand elements in each other", message => message.Replace("<memo:label>Prøve</memo:label>", string.Concat(Enumerable.Repeat("<memo:x>", Depth)) + string.Concat(Enumerable.Repeat("</memo:x>", Depth)), StringComparison.Ordinal)),
        Rejected("HOSTILE-06", "Two hundred thousand elements beside each other", message => message.Replace("<memo:label>Prøve</memo:label>", string.Concat(Enumerable.Repeat("<memo:x/>", Many)), StringComparison.Ordinal)),
        Rejected("HOSTILE-07", "Thousands of attributes", message => message.Replace("<memo:label>", $"<memo:label {string.Join(' ', Enumerable.Range(0, 5_000).Select(i => $"a{i}=\"\""))}>", StringComparison.Ordinal)),
        new("HOSTILE-08", "schemaLocation to anywhere", "The whole schema is checked, and nothing is fetched that a message names.", Sources.Operation, async probe =>
            await SoonAsync(probe, message => message.Replace("<memo:Message ", "<memo:Message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"https://DigitalPost.dk/MeMo-1 http://127.0.0.1:9/x.xsd\" ", StringComparison.Ordinal), "200, whatever the receipt, in half a minute", answer => answer?.Status == 200)),
        new("HOSTILE-09", "CDATA and comments all over", "One MeMo message, in whatever spelling XML allows.", Sources.Operation, async probe =>
            Probe.Accepted(await probe.PostAsync(Probe.Bytes(Encoding.UTF8.GetString(probe.Message()).Replace(">Prøve<", "><!-- x --><![CDATA[Prøve]]><?x y?><", StringComparison.Ordinal))), "a message with CDATA, a comment and an instruction in its label")),
        new("HOSTILE-10", "Bytes that UTF-8 does not have", "Not well-formed XML (NOT_XML).", Sources.Of(400), async probe =>
            Probe.Problem(await probe.PostAsync(Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(probe.Message()))), "a message in ISO-8859-1 that declares UTF-8", 400, "NOT_XML")),
        new("HOSTILE-11", "An empty body", "Not well-formed XML (NOT_XML).", Sources.Of(400), async probe => Probe.Problem(await probe.PostAsync([]), "nothing", 400, "NOT_XML")),
        new("HOSTILE-12", "XML that is no message", "No readable messageUUID (MESSAGE_UUID_MISSING).", Sources.Of(400), async probe => Probe.Problem(await probe.PostAsync(Probe.Bytes("<x/>")), "<x/>", 400, "MESSAGE_UUID_MISSING")),
        new("HOSTILE-13", "A messageUUID that is none", "No readable messageUUID (MESSAGE_UUID_MISSING).", Sources.Of(400), async probe =>
        {
            var uuid = Guid.NewGuid();
            Probe.Problem(await probe.PostAsync(Probe.Bytes(Encoding.UTF8.GetString(probe.Message(uuid)).Replace(uuid.ToString(), "4711", StringComparison.Ordinal))), "a message with the messageUUID 4711", 400, "MESSAGE_UUID_MISSING");
        }),
        new("HOSTILE-14", "Half of a message", "Not well-formed XML (NOT_XML).", Sources.Of(400), async probe =>
        {
            var message = probe.Message();
            Probe.Problem(await probe.PostAsync(message[..(message.Length / 2)]), "the first half of a message, as if it were all", 400, "NOT_XML");
        }),
    ];

    private static ConformanceCase NoXml(string id, string title, string sentence, Func<string, string> make) => new(id, title, sentence, Sources.Operation, async probe =>
        await SoonAsync(probe, make, "400 with the problem NOT_XML, in half a minute", answer => answer?.Status == 400 && answer.Property("code") == "NOT_XML"));

    private static ConformanceCase Rejected(string id, string title, Func<string, string> make) => new(id, title, "What the schema does not allow, or is deeper or more than the server takes, is rejected as INVALID.", Sources.Codes, async probe =>
        await SoonAsync(probe, make, "200 with the receipt INVALID, in half a minute", answer => answer?.Status == 200 && answer.Property("receiptStatus") == "INVALID"));

    private static async Task SoonAsync(Probe probe, Func<string, string> make, string expected, Func<Http.Answer?, bool> isSo)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var answer = await probe.PostAsync(Probe.Bytes(make(Encoding.UTF8.GetString(probe.Message()))));
        Probe.Expect(isSo(answer) && TimeProvider.System.GetElapsedTime(begun) < Soon, "such a message", expected, answer);
    }

    private static string Typed(string message, string declaration) => message.Replace("?>", $"?>{declaration}", StringComparison.Ordinal);

    private static string Laughs()
    {
        var entities = new StringBuilder("<!DOCTYPE Message [<!ENTITY a0 \"ha\">");
        for (var i = 1; i < 30; i++)
            entities.Append(System.Globalization.CultureInfo.InvariantCulture, $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">");
        return entities.Append("]>").ToString();
    }
}
