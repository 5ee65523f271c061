using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using PostModtag.Api.Tests.Access;
using PostModtag.Api.Tests.Deliveries;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Telemetry;

/// <summary>Traces, metrics and logs go to a collector when one is named; metrics are also there for Prometheus, for those who may see them.</summary>
[Collection(Alone.Name)]
public sealed partial class CollectorTests
{
    [Fact]
    public async Task A_collector_gets_the_messages_trace_the_metrics_and_the_log()
    {
        await using var collector = await StandInCollector.StartAsync();
        await using var server = await TestServer.StartAsync(settings: collector.Settings);
        var transaction = Guid.NewGuid();
        using var answer = await server.PostAsync(new TestMemo().ToBytes(), transactionId: transaction.ToString());

        var traceId = Encoding.Latin1.GetString(Convert.FromHexString(transaction.ToString("N")));
        await Eventually.BeSoAsync(() => collector.Received("/v1/traces").Contains(traceId, StringComparison.Ordinal));
        await Eventually.BeSoAsync(() => collector.Received("/v1/traces").Contains("postmodtag.message_uuid", StringComparison.Ordinal));
        await Eventually.BeSoAsync(() => collector.Received("/v1/metrics").Contains("postmodtag.receive.duration", StringComparison.Ordinal));
        await Eventually.BeSoAsync(() => collector.Received("/v1/logs").Contains("ReceiveMessage answered 200", StringComparison.Ordinal), () => $"{collector.Received("/v1/logs").Length} bytes of logs came.");
    }

    [Fact]
    public async Task Prometheus_reads_each_metric_with_its_unit()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync(new TestMemo().ToBytes());
        await server.PostAsync("x"u8.ToArray());

        var text = await server.Client.GetStringAsync("metrics");

        text.ShouldContain("# TYPE postmodtag_receive_duration_seconds histogram");
        text.ShouldMatch("""postmodtag_receive_duration_seconds_count\{[^}]*outcome="Completed"[^}]*\} 1\n""");
        text.ShouldMatch("""postmodtag_receive_duration_seconds_count\{[^}]*outcome="NotAMessage"[^}]*\} 1\n""");
        text.ShouldContain("postmodtag_disk_free_bytes");
        text.ShouldContain("http_server_request_duration_seconds_bucket");
    }

    /// <summary>What the alert rules and the dashboard ask for is what the server has.</summary>
    [Fact]
    public async Task Every_metric_that_the_examples_name_is_there()
    {
        using var certificates = new TestCertificates();
        var trusted = Path.Combine(Directory.CreateTempSubdirectory("postmodtag-trusted-").FullName, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificates.Pem);
        await using var digitalPost = await StandInDigitalPost.StartAsync();
        await using var delivering = await Delivering.StartAsync(
            settings: [.. Outbox.ReceiptRelayTests.Settings(digitalPost.Url), $"--PostModtag:Tls:TrustedCertificatesFile={trusted}", "--PostModtag:Retention:ContentsDays=10", "--PostModtag:Retention:MetadataDays=40"]);
        var memo = new TestMemo();
        await delivering.PostAsync(memo);
        await Eventually.BeSoAsync(() => !digitalPost.Receipts.IsEmpty);
        delivering.Clock.Now += TimeSpan.FromDays(11);
        await delivering.UntilAsync(memo, message => message.ContentsDeletedAt is not null);
        delivering.Clock.Now += TimeSpan.FromDays(30);
        await Eventually.BeSoAsync(async () => (await delivering.Server.Client.GetAsync($"messages/{memo.MessageUuid}")).StatusCode == HttpStatusCode.NotFound);

        var named = new[] { "alerts.yaml", "dashboard.json" }
            .SelectMany(file => MetricName().Matches(File.ReadAllText(Repository.PathOf("docs", "examples", file)))).Select(match => match.Value).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(8);
        await Eventually.BeSoAsync(
            async () => (await MissingAsync(delivering.Server, named)).Count == 0, () => string.Join(' ', MissingAsync(delivering.Server, named).GetAwaiter().GetResult()));
        Directory.Delete(Path.GetDirectoryName(trusted)!, recursive: true);
    }

    private static async Task<List<string>> MissingAsync(TestServer server, List<string> names)
    {
        var text = await server.Client.GetStringAsync("metrics");
        return [.. names.Where(name => !text.Contains($"\n{name}{{", StringComparison.Ordinal))];
    }

    [GeneratedRegex("postmodtag_[a-z_]+")]
    private static partial Regex MetricName();

    [Fact]
    public async Task While_sign_in_is_on_metrics_are_for_those_who_may_see_what_runs()
    {
        using var settings = new AccessSettings().WithScopes("may", "operation.read").WithScopes("maynot", "messages.read");
        await using var server = await settings.StartAsync();
        (await server.Client.GetAsync("metrics")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var may = server.ClientWithKey("may");
        using var mayNot = server.ClientWithKey("maynot");
        (await mayNot.GetAsync("metrics")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await may.GetAsync("metrics")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
