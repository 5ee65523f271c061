using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Fagsystemer;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Infrastructure.Delivery;

/// <summary>
/// The way to one fagsystem: its own connections, its own time limit, its own limit of messages at once, and its own circuit
/// breaker, so that what happens to it happens to no other.
/// </summary>
internal sealed class FagsystemConnection : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ConcurrencyLimiter _limiter;
    private readonly RestConnection _settings;
    private readonly TimeProvider _clock;
    private DateTimeOffset _brokenUntil;

    public FagsystemConnection(RestConnection settings, PresentedCredential? credential, TimeProvider clock)
    {
        (_settings, _clock, Endpoint) = (settings, clock, new Uri(settings.Url));
        _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = settings.MaxConcurrency, QueueLimit = 0 });
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRateLimiter(_limiter)
            .AddCircuitBreaker(Breaker())
            .AddTimeout(new HttpTimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds) })
            .Build();
        var answers = new BoundedAnswerHandler { InnerHandler = Sockets(settings, credential) };
        Http = new HttpClient(new ResilienceHandler(pipeline) { InnerHandler = answers }) { Timeout = Timeout.InfiniteTimeSpan };
        if (credential?.Authorization is { } authorization)
            Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
    }

    public HttpClient Http { get; }

    public Uri Endpoint { get; }

    /// <summary>How it is now. A circuit is open until something is sent, which is a try when the time of the break is over.</summary>
    public ConnectionStatus Status
    {
        get
        {
            var underWay = _settings.MaxConcurrency - (int)_limiter.GetStatistics()!.CurrentAvailablePermits;
            return _circuit.CircuitState switch
            {
                CircuitState.Closed => new ConnectionStatus(ConnectionState.Open, null, underWay),
                CircuitState.HalfOpen => new ConnectionStatus(ConnectionState.Trying, null, underWay),
                _ when _brokenUntil <= _clock.GetUtcNow() => new ConnectionStatus(ConnectionState.Trying, null, underWay),
                _ => new ConnectionStatus(ConnectionState.Broken, _brokenUntil, underWay),
            };
        }
    }

    public void Dispose()
    {
        Http.Dispose();
        _limiter.Dispose();
    }

    /// <summary>What counts as a failure: an answer that says that it cannot now (5xx, 408, 429), none in time, and none at all.</summary>
    private HttpCircuitBreakerStrategyOptions Breaker() => new()
    {
        StateProvider = _circuit,
        FailureRatio = 0.5,
        MinimumThroughput = 5,
        SamplingDuration = TimeSpan.FromSeconds(30),
        BreakDuration = TimeSpan.FromSeconds(15),
        ShouldHandle = arguments => ValueTask.FromResult(
            HttpClientResiliencePredicates.IsTransient(arguments.Outcome) || arguments.Outcome.Exception is OperationCanceledException or IOException),
        OnOpened = arguments =>
        {
            _brokenUntil = _clock.GetUtcNow() + arguments.BreakDuration;
            return default;
        },
    };

    private static SocketsHttpHandler Sockets(RestConnection settings, PresentedCredential? credential)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
        };
        if (credential?.Certificate is { } certificate)
            sockets.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, credential.Chain, offline: true);
        if (settings.TrustedCertificates is { } pem)
        {
            sockets.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            sockets.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(TrustedCertificates.Read(pem));
        }

        return sockets;
    }
}
