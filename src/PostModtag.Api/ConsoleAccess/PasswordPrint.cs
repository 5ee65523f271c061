using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Hosting;

namespace PostModtag.Api.ConsoleAccess;

/// <summary>Prints where the console is, and the password for it where there is no provider. It goes to standard output, and into no log.</summary>
internal sealed class PasswordPrint(OneTimePassword password, IServer server, IOptions<PostModtagOptions> options) : StartingService
{
    /// <inheritdoc />
    public override Task StartedAsync(CancellationToken cancellationToken)
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
}
