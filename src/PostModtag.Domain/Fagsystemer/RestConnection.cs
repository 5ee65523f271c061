namespace PostModtag.Domain.Fagsystemer;

/// <summary>Where a fagsystem on another host has its EP_FS1, and how it may be called.</summary>
/// <param name="Url">The address of the endpoint itself, such as <c>https://fagsystem.example/PostModtag</c>.</param>
/// <param name="TimeoutSeconds">How long it may take over one message, in seconds.</param>
/// <param name="MaxConcurrency">How many messages may be on their way to it at once, from each node.</param>
/// <param name="TrustedCertificates">The certificates, as PEM, that its own must be one of or come from; null for those that the machine trusts.</param>
public sealed record RestConnection(string Url, int TimeoutSeconds, int MaxConcurrency, string? TrustedCertificates = null);
