using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>One thing that can come back from a fagsystem, and what it decides.</summary>
/// <param name="Name">What comes back, in a few words.</param>
/// <param name="Documented">Its row in docs/delivery.md: the first cell.</param>
/// <param name="Decides">What it decides.</param>
/// <param name="Answer">What the fagsystem does; null when it does not come to that.</param>
/// <param name="Fault">Why it does not.</param>
/// <param name="TimeoutSeconds">How long the fagsystem may take.</param>
internal sealed record Answered(string Name, string Documented, Decides Decides, StandInAnswer? Answer, Fault Fault = Fault.None, int TimeoutSeconds = 20);

/// <summary>Why a fagsystem is not even asked.</summary>
internal enum Fault
{
    None,
    Refused,
    Untrusted,
}

/// <summary>What an answer decides.</summary>
internal abstract record Decides
{
    /// <summary>The message: this is the receipt.</summary>
    internal sealed record Final(string Status, string? Code = null, string? Text = null) : Decides;

    /// <summary>Nothing yet: the fagsystem has the message.</summary>
    internal sealed record Taken : Decides;

    /// <summary>Nothing.</summary>
    internal sealed record Nothing(string Reason, int? HttpStatus, DeliveryConcern Concern = DeliveryConcern.NONE, int? RetryAfter = null) : Decides;
}
