using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PostModtag.Application.Certificates;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Access;

/// <summary>That a certificate expires is said 60, 30, 14, 7 and 1 days before, once each, and is in the metrics all the time.</summary>
public sealed class CertificateExpiryTests : IDisposable
{
    private readonly AccessSettings _settings = new();
    private readonly MovedClock _clock = new(DateTimeOffset.UtcNow);

    public void Dispose() => _settings.Dispose();

    [Fact]
    public async Task Each_certificate_is_warned_of_at_its_days_once_each()
    {
        var expires = _clock.Now.AddDays(100);
        await using var server = await StartAsync(expires);
        await PassAsync(server, _clock.Now);
        Said(server, "server").ShouldBeEmpty();

        foreach (var (days, said) in new[] { (61, 0), (60, 1), (59, 1), (30, 2), (15, 2), (14, 3), (7, 4), (2, 4), (1, 5), (0, 6), (-1, 6) })
        {
            await PassAsync(server, expires.AddDays(-days));
            Said(server, "server").Count.ShouldBe(said, $"{days} days before");
        }

        Said(server, "server").ShouldBe(["Warning 60", "Warning 30", "Warning 14", "Warning 7", "Error 1", "Error expired"]);
    }

    [Fact]
    public async Task What_is_presented_to_others_and_what_is_trusted_is_looked_at_too()
    {
        await using var server = await StartAsync(_clock.Now.AddDays(100));
        using var presented = _settings.Certificates.Client(_clock.Now.AddDays(10));
        await server.RegisterRestAsync("esdh", "https://esdh.example/PostModtag");
        await server.Fagsystemer.SetFagsystemCredentialAsync(new FagsystemCredential { Pkcs12 = _settings.Certificates.Pkcs12(presented) }, "esdh");
        await PassAsync(server, _clock.Now.AddHours(2));

        Said(server, "fagsystem esdh").ShouldBe(["Warning 14"]);
        server.Services.GetRequiredService<CertificateExpiry>().Latest.Select(certificate => certificate.Whose.Split(' ')[0]).ShouldBe(["fagsystem", "digital-post", "server", "trusted"]);
    }

    [Fact]
    public async Task How_long_is_left_is_a_metric()
    {
        var expires = _clock.Now.AddDays(100);
        await using var server = await StartAsync(expires);
        await PassAsync(server, _clock.Now);
        var measured = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => self.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "postmodtag.certificate.seconds_left" && instrument.Meter.Scope == server.Services.GetRequiredService<IMeterFactory>())
                measured[(string)tags[0].Value!] = value;
        });
        listener.Start();
        listener.RecordObservableInstruments();
        measured["server"].ShouldBe(TimeSpan.FromDays(100).TotalSeconds, 60);
    }

    private Task<TestServer> StartAsync(DateTimeOffset expires)
    {
        var file = Path.Combine(_settings.Folder, "digital-post.p12");
        using var digitalPost = _settings.Certificates.Client(_clock.Now.AddDays(29));
        File.WriteAllBytes(file, _settings.Certificates.Pkcs12(digitalPost));
        _settings.WithTls(_settings.Certificates.Server(expires));

        // Over TLS, and open: it is on this machine, and what counts here is the certificate.
        return TestServer.StartAsync(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock)), settings: [.. _settings.All, "--urls=http://127.0.0.1:0", $"--PostModtag:DigitalPost:CertificateFile={file}"]);
    }

    private async Task PassAsync(TestServer server, DateTimeOffset now)
    {
        var isFirst = _clock.Now == now;
        _clock.Now = now;
        var expiry = server.Services.GetRequiredService<CertificateExpiry>();
        await Eventually.BeSoAsync(() => expiry.Latest.Count > 0);

        // The watch ticks each second; two ticks have seen the time.
        await Task.Delay(TimeSpan.FromSeconds(isFirst ? 1 : 2.5));
    }

    private static List<string> Said(TestServer server, string whose) =>
    [
        .. server.Log.Lines.Where(line => line.Contains($"The certificate {whose} (", StringComparison.Ordinal))
            .Select(line => $"{line.Split(' ')[0]} {(line.Contains("has expired", StringComparison.Ordinal) ? "expired" : line.Split("within ")[1].Split(' ')[0])}"),
    ];
}
