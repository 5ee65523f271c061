using System.Globalization;
using PostModtag.Testing;

namespace PostModtag.Api.Tests;

/// <summary>A server that the tests of a class share: each test takes an authority and keys of its own.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private int _last;

    public TestServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>The CVR number of an authority that no other test has.</summary>
    public string NewAuthority() => (91_000_000 + Interlocked.Increment(ref _last)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The key of a fagsystem that no other test has.</summary>
    public string NewKey() => string.Create(CultureInfo.InvariantCulture, $"fagsystem-{Interlocked.Increment(ref _last)}");
}
