namespace PostModtag.Application.Access;

/// <summary>One of <c>PostModtag:Callers</c>: who may deliver messages at EP_FS1. All that is set must hold of a call.</summary>
public sealed class CallerOptions
{
    /// <summary>What the caller is called in the log. Several entries may have the same name, as when a token is replaced.</summary>
    public string Name { get; set; } = "";

    /// <summary>The CVR number in the certificate's organizationIdentifier (<c>NTRDK-...</c>). Null to ask for none.</summary>
    public string? Cvr { get; set; }

    /// <summary>The SHA-256 thumbprint of the certificate, in hexadecimal. Null to ask for none.</summary>
    public string? Thumbprint { get; set; }

    /// <summary>The SHA-256 of the token in the Authorization header, in hexadecimal. Null to ask for none.</summary>
    public string? TokenSha256 { get; set; }
}
