using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using PostModtag.Application;

namespace PostModtag.Api.ConsoleAccess;

/// <summary>Prints where the console is, and the password for it where there is no provider. It goes to standard output, and into no log.</summary>
internal sealed class PasswordPrint(OneTimePassword password, IServer server, IOptions<PostModtagOptions> options) : IHostedLifecycleService
{
    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Oidc.Authority is null)
            Print();
        return Task.CompletedTask;
    }

    /// <summary>Prints the password that is good now.</summary>
    public void Print()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        Console.Out.WriteLine($"Console, from this machine: {address}/  One-time password: {password.Now}");
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
