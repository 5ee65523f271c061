using PostModtag.Benchmarks.Measuring;
using PostModtag.Benchmarks.Serving;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Benchmarks.Rows;

/// <summary>Row 14: messages for a fagsystem on another host, each kept before it is handed on and answered with that fagsystem's receipt.</summary>
internal static class Forwarding
{
    private const int Bytes = 20_000;
    private const int Connections = 16;
    private const string Fagsystem = "andet-fagsystem";

    public static async Task<Figure> RunAsync(Scale scale)
    {
        var (body, uuidAt) = Bodies.Of(Bytes);
        using var servers = new Servers();
        var fagsystem = await servers.FagsystemAsync();
        var address = await servers.OwnAsync();
        await SetUpAsync(address, fagsystem);
        var (proxy, proxied) = await UnbufferedProxy.StartAsync(fagsystem);
        using var closes = proxy;
        var (own, nginx) = (new LoadDriver(address, body, uuidAt), new LoadDriver(proxied, body, uuidAt));
        await own.RunAsync(Connections, scale.Seconds * 8);
        await nginx.RunAsync(Connections, scale.Seconds);
        var rounds = await Rounds.TakeAsync(
            scale.Rounds, async () => (await own.RunAsync(Connections, scale.Seconds)).PerSecond, async () => (await nginx.RunAsync(Connections, scale.Seconds)).PerSecond);
        return new Figure(14, $"forward 20 kB, {Connections} connections", $"{Goal.Number(rounds.Of(0))}/s", $"nginx, unbuffered {Goal.Number(rounds.Of(1))}/s", rounds.Of(figures => figures[0] / figures[1]), Goal.AtLeast(0.5, 0.8));
    }

    private static async Task SetUpAsync(Uri address, Uri fagsystem)
    {
        using var client = new HttpClient { BaseAddress = address };
        await new FagsystemerClient(client).RegisterFagsystemAsync(new NewFagsystem
        {
            Key = Fagsystem, Name = "Et andet fagsystem", Owner = "Testkommunen", Kind = FagsystemKind.REST,
            Rest = new RestConnection { Url = $"http://localhost:{fagsystem.Port}/PostModtag", TimeoutSeconds = 20, MaxConcurrency = 64 },
        });
        await new DraftsClient(client).SaveDraftAsync(Setup.Everything(Fagsystem), Setup.Authority, "*");
        await new PublicationsClient(client).PublishRulesAsync(new PublicationRequest { Comment = "Til en måling" }, Setup.Authority, "*");
    }
}
