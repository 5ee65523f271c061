using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Telemetry;

/// <summary>
/// A CPR number stands in every field of a message, and every endpoint is called with it, in success and in failure: it is in no log at
/// the most talkative level, in no span and no tag of any source, in no metric, and in no text of an error.
/// </summary>
[Collection(Alone.Name)]
public sealed class PlantedTests : IDisposable
{
    private const string Planted = "0113709876";

    private readonly ConcurrentQueue<string> _told = new();

    // What the test itself asks is in no trace.
    private readonly HttpClient _client = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });
    private readonly ActivityListener _traces;
    private readonly MeterListener _metrics = new();

    public PlantedTests()
    {
        _traces = new ActivityListener
        {
            // What the framework says of calls that come is cleansed on the way to the collector, whose bytes are looked at.
            ShouldListenTo = source => source.Name is not ("Microsoft.AspNetCore" or "System.Net.Http"),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Tell,
        };
        ActivitySource.AddActivityListener(_traces);
        _metrics.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _metrics.SetMeasurementEventCallback<long>(Tell);
        _metrics.SetMeasurementEventCallback<int>(Tell);
        _metrics.SetMeasurementEventCallback<double>(Tell);
        _metrics.Start();
    }

    public void Dispose()
    {
        _client.Dispose();
        _traces.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task It_is_told_to_nobody()
    {
        var script = new Script();
        await using var collector = await StandInCollector.StartAsync();
        await using var server = await TestServer.StartAsync(script.Register, settings: [.. collector.Settings, "--Logging:LogLevel:Default=Trace"]);
        var errors = new List<(string Call, string Text)>();
        var template = XDocument.Load(Repository.PathOf("api-spec", "examples", "valid", "every-element-1.2.xml"));
        var uuids = new List<Guid>();

        // In every field and every attribute at once, where the schema permits it or not; and in each by itself, so that each check is met.
        var fields = template.Root!.DescendantsAndSelf().SelectMany(element => element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => (XObject)attribute)
            .Concat(element.HasElements ? [] : [element])).Count();
        fields.ShouldBeGreaterThan(100);
        for (var i = -1; i < fields; i++)
        {
            var (body, uuid) = Plant(template, i);
            uuids.Add(uuid);
            await SendAsync(server, errors, HttpMethod.Post, "PostModtag", body, "application/xml");
        }

        script.Answer = (_, _) => throw new InvalidOperationException($"Borger {Planted} findes ikke", new ArgumentException(Planted));
        await SendAsync(server, errors, HttpMethod.Post, "PostModtag", new TestMemo { SenderId = Planted, Label = Planted }.ToString(), "application/xml");
        script.Answer = (_, _) => Task.FromResult(Application.Fagsystemer.FagsystemAnswer.Accept());
        var known = new TestMemo { SenderId = Planted, SenderLabel = Planted, Label = Planted, ContactPointId = Planted };
        await SendAsync(server, errors, HttpMethod.Post, "PostModtag", known.ToString(), "application/xml");
        foreach (var break_ in new[] { false, true })
        {
            if (break_)
                TestDatabase.Execute(server.DataFolder, """ALTER TABLE "Messages" RENAME TO "Elsewhere" """);
            foreach (var (method, path) in Endpoints(known.Uuid))
                await SendAsync(server, errors, method, path, method == HttpMethod.Get || method == HttpMethod.Delete ? null : BodyFor(path), path.EndsWith("explanation", StringComparison.Ordinal) || path == "PostModtag" ? "application/xml" : path.Contains("file", StringComparison.Ordinal) ? "application/yaml" : "application/json");
        }

        TestDatabase.Execute(server.DataFolder, """ALTER TABLE "Elsewhere" RENAME TO "Messages" """);
        _metrics.RecordObservableInstruments();
        var metrics = await server.Client.GetStringAsync("metrics");
        await Eventually.BeSoAsync(() => collector.Received("/v1/traces").Length > 1_000 && collector.Received("/v1/metrics").Length > 1_000 && collector.Received("/v1/logs").Length > 1_000);

        _told.Count.ShouldBeGreaterThan(1_000);
        Hits(_told).ShouldBeEmpty("in traces and metrics");
        Hits(server.Log.Lines).ShouldBeEmpty("in the log");
        Hits(metrics.Split('\n')).ShouldBeEmpty("at /metrics");
        foreach (var path in new[] { "/v1/traces", "/v1/metrics", "/v1/logs" })
            collector.Received(path).Contains(Planted, StringComparison.Ordinal).ShouldBeFalse(path);
        errors.Count.ShouldBeGreaterThan(50);
        errors.Where(error => error.Text.Contains(Planted, StringComparison.Ordinal)).Select(error => error.Call.Replace(Planted, "…", StringComparison.Ordinal)).Distinct().ShouldBeEmpty("in answers that are errors");
    }

    // What is found is not printed: a test's output is a log too.
    private static IEnumerable<int> Hits(IEnumerable<string> texts) => texts.Select((text, i) => (text, i)).Where(pair => pair.text.Contains(Planted, StringComparison.Ordinal)).Select(pair => pair.i);

    private static (string Body, Guid Uuid) Plant(XDocument template, int place)
    {
        var message = new XDocument(template);
        var uuid = Guid.NewGuid();
        var values = message.Root!.DescendantsAndSelf().SelectMany(element => element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => (XObject)attribute)
            .Concat(element.HasElements ? [] : [element])).ToList();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is XElement { Name.LocalName: "messageUUID" } identity && i != place)
                identity.Value = uuid.ToString();
            else if (place == i || place < 0)
                Set(values[i]);
        }

        return (message.ToString(SaveOptions.DisableFormatting), uuid);
    }

    private static void Set(XObject value)
    {
        if (value is XAttribute attribute)
            attribute.Value = Planted;
        else if (value is XElement { Name.LocalName: "content" } content)
            content.Value = Convert.ToBase64String(Encoding.ASCII.GetBytes(Planted));
        else
            ((XElement)value).Value = Planted;
    }

    /// <summary>Every endpoint of the list that the architecture tests hold, with the message, and with the number where a path or a query takes a word.</summary>
    private static IEnumerable<(HttpMethod Method, string Path)> Endpoints(Guid messageUuid)
    {
        foreach (var line in File.ReadLines(Repository.PathOf("tests", "PostModtag.Architecture.Tests", "endpoints.txt")).Where(line => !line.StartsWith('*')))
        {
            var words = line.Split(' ');
            foreach (var (method, id) in words[0].Split(',').SelectMany(name => new[] { (new HttpMethod(name), messageUuid.ToString()), (new HttpMethod(name), Planted) }))
            {
                var path = string.Join('/', words[1].TrimStart('/').Split('/').Select(part => part.StartsWith('{') ? ValueOf(part.Trim('{', '}').Split(':', '?')[0], id) : part));
                yield return (method, path);
                if (method == HttpMethod.Get)
                    yield return (method, $"{path}?sender={Planted}&recipient={Planted}&contactPoint={Planted}&label={Planted}&fagsystem={Planted}&authority={Planted}&cursor={Planted}&version={Planted}&from={Planted}");
            }
        }
    }

    private static string ValueOf(string parameter, string id) => parameter.ToUpperInvariant() switch
    {
        "MESSAGEUUID" => id,
        "NUMBER" => "1",
        "CVR" => Setup.Authority,
        "KEY" => id == Planted ? Planted : "indbakke",
        "ID" => id == Planted ? Planted : "1",
        "DOCUMENTNAME" => "",
        "VERSION" or "NAME" => id == Planted ? Planted : "1",
        _ => throw new ArgumentOutOfRangeException(nameof(parameter), parameter, "A new kind of parameter: say what to put in."),
    };

    private static string BodyFor(string path) => path.EndsWith("explanation", StringComparison.Ordinal) || path == "PostModtag"
        ? new TestMemo { SenderId = Planted, Label = Planted }.ToString()
        : $$"""{"name":"{{Planted}}","rules":[{"name":"{{Planted}}"}],"reason":"{{Planted}}","token":"{{Planted}}"}""";

    private async Task SendAsync(TestServer server, List<(string Call, string Text)> errors, HttpMethod method, string path, string? body, string contentType)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Address, path));
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        }

        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();

        // A rejection is an error too; the messageID in a receipt is the message's own, told to its sender. A page of the console that is
        // not there links to itself in the other language, and so says the address that was asked for to who has asked for it.
        if (!answer.IsSuccessStatusCode && !path.StartsWith("assets/", StringComparison.Ordinal) && !path.StartsWith("_framework/", StringComparison.Ordinal))
            errors.Add(($"{method} {path} {(int)answer.StatusCode}", text));
        else if (path == "PostModtag" && text.IndexOf("FejlTekst", StringComparison.Ordinal) is >= 0 and var at)
            errors.Add(($"{method} {path} {(int)answer.StatusCode}", text[at..]));
    }

    private void Tell(Activity span) => _told.Enqueue(string.Join(
        ' ', [span.OperationName, span.DisplayName, span.StatusDescription, .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
        .. span.Events.SelectMany(happened => happened.Tags.Select(tag => $"{happened.Name} {tag.Key}={tag.Value}")), .. span.Baggage.Select(item => $"{item.Key}={item.Value}")]));

    private void Tell<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var text = new StringBuilder(instrument.Name);
        foreach (var tag in tags)
            text.Append(' ').Append(tag.Key).Append('=').Append(tag.Value);
        _told.Enqueue(text.ToString());
    }
}
