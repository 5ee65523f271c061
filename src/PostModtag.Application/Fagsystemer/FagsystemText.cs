using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.Fagsystemer;

/// <summary>A fagsystem in words, for the audit trail.</summary>
internal static class FagsystemText
{
    public static string Of(Fagsystem fagsystem) =>
        $"name {fagsystem.Name}; owner {fagsystem.Owner}; kind {fagsystem.Kind}; state {fagsystem.State};{(fagsystem.Rest is { } rest ? Of(rest) : "")} system ids {ListOf(fagsystem.SystemIds)}; hands on to {ListOf(fagsystem.HandOnTo)}";

    private static string ListOf(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private static string Of(RestConnection rest) =>
        $" at {rest.Url}, {rest.TimeoutSeconds} s, {rest.MaxConcurrency} at once{(rest.TrustedCertificates is { } pem ? $", trusting {TrustedCertificates.Thumbprints(pem)}" : "")};";
}
