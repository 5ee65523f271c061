using System.Security.Cryptography.X509Certificates;

namespace PostModtag.Conformance;

/// <summary>The endpoint that is held against the contract, and what must be known of it.</summary>
public sealed class ConformanceTarget
{
    /// <summary>The size that a message may have, where nobody has set another, in bytes.</summary>
    public const long ContractBytes = 99_500_000;

    /// <summary>The endpoint's address, with http or https.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The CVR number of an authority whose messages its fagsystem accepts.</summary>
    public string Recipient { get; init; } = "90000001";

    /// <summary>A title (label) with which its fagsystem rejects a message; null where there is none.</summary>
    public string? RejectedLabel { get; init; }

    /// <summary>A title (label) with which its fagsystem does not decide; null where there is none.</summary>
    public string? UndecidedLabel { get; init; }

    /// <summary>The most bytes of a message that it takes.</summary>
    public long MaxMessageBytes { get; init; } = ContractBytes;

    /// <summary>What is presented to it; null for none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The value of the Authorization header; null for none.</summary>
    public string? Authorization { get; init; }

    /// <summary>Whether its own certificate is taken whatever it is: for trying.</summary>
    public bool TrustsAny { get; init; }

    /// <summary>How long an answer is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);
}
