using PostModtag.Application.Deliveries;
using PostModtag.Application.GetFagsystemConnection;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Web.Start;

/// <summary>How it goes with a fagsystem.</summary>
/// <param name="Fagsystem">The fagsystem.</param>
/// <param name="Connection">The way to it; null when it is in this process.</param>
/// <param name="Waiting">How many messages for it are not decided.</param>
public sealed record FagsystemHealth(Fagsystem Fagsystem, FagsystemConnectionView? Connection, int Waiting)
{
    /// <summary>The kind of tag that shows it.</summary>
    public string Kind =>
        Fagsystem.State != FagsystemState.Active ? "off"
        : Connection is { CredentialLost: true } ? "bad"
        : Connection is { Status.State: not ConnectionState.Open } ? "wait"
        : "good";

    /// <summary>The name of the text that says it.</summary>
    public string Text =>
        Fagsystem.State != FagsystemState.Active ? $"FagsystemState.{Fagsystem.State}"
        : Connection is { CredentialLost: true } ? "Health.CredentialLost"
        : Connection is { } connection && Fagsystem.Kind == FagsystemKind.Rest ? $"ConnectionState.{connection.Status.State}"
        : "FagsystemState.Active";
}
