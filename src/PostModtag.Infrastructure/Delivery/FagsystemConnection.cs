using System.Net.Security;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using PostModtag.Application.Deliveries;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>
/// The way to one fagsystem: its own connections, its own limit of messages at once, and its own circuit breaker, so that
/// what happens to it happens to no other.
/// </summary>
internal sealed class FagsystemConnection : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly CircuitBreakerStateProvider _circuit = new();

    public FagsystemConnection(RestConnection settings, PresentedCredential? credential, TimeProvider clock)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
        };
        if (credential?.Certificate is { } certificate)
            sockets.SslOptions = new SslClientAuthenticationOptions { ClientCertificates = [certificate] };
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddConcurrencyLimiter(settings.MaxConcurrency, queueLimit: 0)
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                StateProvider = _circuit,
                FailureRatio = 0.5,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(15),
            })
            .Build();
        Http = new HttpClient(new ResilienceHandler(pipeline) { InnerHandler = sockets }) { Timeout = Timeout.InfiniteTimeSpan };
        if (credential?.Authorization is { } authorization)
            Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        Endpoint = new Uri(settings.Url);
    }

    public HttpClient Http { get; }

    public Uri Endpoint { get; }

    public CircuitState Circuit => _circuit.CircuitState;

    public void Dispose() => Http.Dispose();
}
