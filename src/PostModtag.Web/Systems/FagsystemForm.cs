using System.Globalization;
using Microsoft.AspNetCore.Http;
using PostModtag.Application.Fagsystemer;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Web.Systems;

/// <summary>A fagsystem as the form has it.</summary>
public sealed record FagsystemForm
{
    private const int DefaultTimeout = 25;
    private const int DefaultConcurrency = 8;

    /// <summary>The key; only of one that is new.</summary>
    public string Key { get; init; } = "";

    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who answers for it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>How it gets its messages.</summary>
    public FagsystemKind Kind { get; init; } = FagsystemKind.Rest;

    /// <summary>The address of its EP_FS1.</summary>
    public string Url { get; init; } = "";

    /// <summary>How long it may take, in seconds.</summary>
    public string TimeoutSeconds { get; init; } = DefaultTimeout.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many messages it may have at once.</summary>
    public string MaxConcurrency { get; init; } = DefaultConcurrency.ToString(CultureInfo.InvariantCulture);

    /// <summary>The certificates that its own must come from, as PEM.</summary>
    public string TrustedCertificates { get; init; } = "";

    /// <summary>The names by which messages call it, one on a line.</summary>
    public string SystemIds { get; init; } = "";

    /// <summary>The keys of those that get copies.</summary>
    public IReadOnlyList<string> HandOnTo { get; init; } = [];

    /// <summary>A form that begins with a fagsystem.</summary>
    public static FagsystemForm Of(Fagsystem fagsystem) => new()
    {
        Key = fagsystem.Key, Name = fagsystem.Name, Owner = fagsystem.Owner, Kind = fagsystem.Kind, Url = fagsystem.Rest?.Url ?? "",
        TimeoutSeconds = (fagsystem.Rest?.TimeoutSeconds ?? DefaultTimeout).ToString(CultureInfo.InvariantCulture),
        MaxConcurrency = (fagsystem.Rest?.MaxConcurrency ?? DefaultConcurrency).ToString(CultureInfo.InvariantCulture),
        TrustedCertificates = fagsystem.Rest?.TrustedCertificates ?? "", SystemIds = string.Join('\n', fagsystem.SystemIds), HandOnTo = fagsystem.HandOnTo,
    };

    /// <summary>What was sent.</summary>
    public static FagsystemForm Read(IFormCollection sent) => new()
    {
        Key = sent["Key"].ToString().Trim(), Name = sent["Name"].ToString().Trim(), Owner = sent["Owner"].ToString().Trim(),
        Kind = Enum.TryParse<FagsystemKind>(sent["Kind"], out var kind) ? kind : FagsystemKind.Rest,
        Url = sent["Url"].ToString().Trim(), TimeoutSeconds = sent["TimeoutSeconds"].ToString(), MaxConcurrency = sent["MaxConcurrency"].ToString(),
        TrustedCertificates = sent["TrustedCertificates"].ToString().Trim(), SystemIds = sent["SystemIds"].ToString(),
        HandOnTo = [.. sent["HandOnTo"].OfType<string>()],
    };

    /// <summary>What the use cases take. A number that is none becomes one that is out of bounds, and is refused as such.</summary>
    public FagsystemDetails ToDetails() => new()
    {
        Name = Name, Owner = Owner, Kind = Kind,
        Rest = Kind == FagsystemKind.Rest ? new RestConnection(Url, Number(TimeoutSeconds), Number(MaxConcurrency), TrustedCertificates.Length == 0 ? null : TrustedCertificates) : null,
        SystemIds = [.. SystemIds.Split('\n').Select(id => id.Trim()).Where(id => id.Length > 0)],
        HandOnTo = HandOnTo,
    };

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
