using PostModtag.Application;
using PostModtag.Application.Fagsystemer;

namespace PostModtag.Conformance.Tests;

/// <summary>Our own server, with a fagsystem that decides by a message's title.</summary>
public sealed class OwnServer : IAsyncLifetime
{
    public const string Rejected = "Afvis mig";
    public const string Undecided = "Sig intet";

    private TestServer _server = null!;

    /// <summary>The address of its EP_FS1.</summary>
    public Uri Endpoint => new(_server.Address, "PostModtag");

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(services => services.AddFagsystem<ByLabel>("by-label"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    /// <summary>What the suite is told of it.</summary>
    public ConformanceTarget Target(Uri? endpoint = null) => new() { Endpoint = endpoint ?? Endpoint, RejectedLabel = Rejected, UndecidedLabel = Undecided };

    private sealed class ByLabel : IFagsystem
    {
        public Task<FagsystemAnswer> DeliverAsync(FagsystemDelivery delivery, CancellationToken cancellationToken) => delivery.Header.Label switch
        {
            Rejected => Task.FromResult(FagsystemAnswer.Reject("Det er en prøve.")),
            Undecided => throw new InvalidOperationException("It says nothing."),
            _ => Task.FromResult(FagsystemAnswer.Accept()),
        };
    }
}
