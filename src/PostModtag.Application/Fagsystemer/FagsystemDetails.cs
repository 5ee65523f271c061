using FluentValidation;
using PostModtag.Application.Administration;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Fagsystemer;

/// <summary>What an administrator says of a fagsystem.</summary>
public sealed record FagsystemDetails
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>How it gets its messages.</summary>
    public required FagsystemKind Kind { get; init; }

    /// <summary>Where it is, when it is on another host.</summary>
    public RestConnection? Rest { get; init; }

    /// <summary>The names by which messages call it, beside its key and its name.</summary>
    public IReadOnlyList<string> SystemIds { get; init; } = [];

    /// <summary>The keys of further fagsystemer that get a copy of what it has accepted.</summary>
    public IReadOnlyList<string> HandOnTo { get; init; } = [];
}

/// <summary>What such a description must be.</summary>
internal sealed class FagsystemDetailsValidator : AbstractValidator<FagsystemDetails>
{
    private const int MaxLength = 256;
    private const int MaxSystemIds = 50;
    private const int MaxHandOnTo = 10;

    /// <summary>The rules.</summary>
    public FagsystemDetailsValidator()
    {
        RuleFor(details => details.Name).Must(IsLine).OverridePropertyName("name").Says($"Skriv 1 til {MaxLength} tegn på én linje.", $"Expected 1 to {MaxLength} characters on one line.");
        RuleFor(details => details.Owner).Must(IsLine).OverridePropertyName("owner").Says($"Skriv 1 til {MaxLength} tegn på én linje.", $"Expected 1 to {MaxLength} characters on one line.");
        RuleFor(details => details.Rest).Must((details, rest) => (rest is not null) == (details.Kind == FagsystemKind.Rest)).OverridePropertyName("rest")
            .Says("Udfyldes, når fagsystemet nås over nettet (REST), og ellers ikke.", "Expected with the kind REST, and with no other.");
        RuleFor(details => details.Rest!.Url).Must(IsEndpoint).When(details => details.Rest is not null).OverridePropertyName("rest.url")
            .Says(
                "Skriv adressen på fagsystemets EP_FS1 med https (http kun på denne maskine), uden brugernavn, ? og #.",
                "Expected the address of the fagsystem's EP_FS1, with https (http only on this machine), without user name, query and fragment.");
        RuleFor(details => details.Rest!.TimeoutSeconds).InclusiveBetween(1, 600).When(details => details.Rest is not null).OverridePropertyName("rest.timeoutSeconds")
            .Says("Skriv 1 til 600 sekunder.", "Expected 1 to 600 seconds.");
        RuleFor(details => details.Rest!.MaxConcurrency).InclusiveBetween(1, 100).When(details => details.Rest is not null).OverridePropertyName("rest.maxConcurrency")
            .Says("Skriv 1 til 100.", "Expected 1 to 100.");
        RuleFor(details => details.Rest!.TrustedCertificates!).Must(TrustedCertificates.AreReadable).When(details => details.Rest?.TrustedCertificates is not null)
            .OverridePropertyName("rest.trustedCertificates").Says(
                $"Indsæt et eller flere certifikater som PEM (-----BEGIN CERTIFICATE-----), højst {TrustedCertificates.MaxLength} tegn.",
                $"Expected one or more certificates as PEM (-----BEGIN CERTIFICATE-----), at most {TrustedCertificates.MaxLength} characters.");
        RuleFor(details => details.SystemIds).Must(ids => ids.Count <= MaxSystemIds).OverridePropertyName("systemIds").Says($"Der kan højst være {MaxSystemIds}.", $"Expected at most {MaxSystemIds}.");
        RuleForEach(details => details.SystemIds).Must(IsLine).OverridePropertyName("systemIds").Says($"Skriv 1 til {MaxLength} tegn på én linje.", $"Expected 1 to {MaxLength} characters on one line.");
        RuleFor(details => details.HandOnTo).Must(keys => keys.Count <= MaxHandOnTo).OverridePropertyName("handOnTo").Says($"Der kan højst være {MaxHandOnTo}.", $"Expected at most {MaxHandOnTo}.");
        RuleFor(details => details.HandOnTo).Must(keys => keys.Distinct(StringComparer.Ordinal).Count() == keys.Count).OverridePropertyName("handOnTo")
            .Says("Nævn hvert fagsystem én gang: det får én kopi.", "Expected each fagsystem once: it gets one copy.");
    }

    /// <summary>What is wrong with the description of the fagsystem with that key, also beside the others.</summary>
    internal IReadOnlyList<Fault> FaultsOf(FagsystemDetails details, string key, IReadOnlyCollection<Fagsystem> others, FagsystemDirectory handlers)
    {
        var faults = Validate(details).Faults();
        if (details.Kind == FagsystemKind.Handler && !handlers.Has(key))
            faults.Add(new Fault("kind", new BilingualText(
                $"Serveren har intet indbygget fagsystem med nøglen {key}. Den har: {handlers.Keys}. En leverandør tilføjer et med AddFagsystem (docs/extending.md); en indbakke behøver intet.",
                $"This process has no handler under the key {key}. It has: {handlers.Keys}. A vendor adds one with AddFagsystem (docs/extending.md); INBOX needs none.")));

        faults.AddRange(details.HandOnTo.Select((further, i) => HandOnFault(further, key, others) is { } text ? new Fault($"handOnTo[{i}]", text) : null).OfType<Fault>());

        // A name that two had would send replies to either.
        var taken = others.Where(other => other.Key != key).SelectMany(other => other.Names.Select(name => (name, other.Key)))
            .ToLookup(pair => pair.name, pair => pair.Key, StringComparer.OrdinalIgnoreCase);
        var own = new[] { (Place: "key", Name: key), (Place: "name", details.Name) }.Concat(details.SystemIds.Select((id, i) => (Place: $"systemIds[{i}]", Name: id)));
        faults.AddRange(own.Where(name => taken[name.Name].Any())
            .Select(name => new Fault(name.Place, new BilingualText(
                $"Fagsystemet {taken[name.Name].First()} hedder allerede sådan, og svar, der nævner navnet, ville ikke vide, hvor de skal hen. Vælg et andet.",
                $"The fagsystem {taken[name.Name].First()} is called so already, and replies that name it would not know where to go. Choose another."))));
        return faults;
    }

    private static BilingualText? HandOnFault(string further, string key, IEnumerable<Fagsystem> others) =>
        further == key ? new BilingualText(
            "Et fagsystem har selv det, som det har taget imod, og får ingen kopi. Nævn andre.",
            "A fagsystem has what it has accepted, and gets no copy of it. Name others.")
        : others.All(other => other.Key != further) ? new BilingualText(
            $"Intet fagsystem har nøglen{(Fagsystem.IsKey(further) ? $" {further}" : ", der står her")}.",
            $"No fagsystem has the key {(Fagsystem.IsKey(further) ? further : "that is given here")}. GET /fagsystemer lists them.")
        : others.Any(other => other.Key == further && other.State == FagsystemState.Retired) ? new BilingualText(
            $"Fagsystemet {further} er taget ud af brug og tager ikke imod. Fjern det, eller tag det i brug igen.",
            $"The fagsystem {further} is retired, and takes no messages. Take it out, or make it active again.")
        : null;

    private static bool IsEndpoint(string url) =>
        url.Length <= 2_000 && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri is { UserInfo: "", Query: "", Fragment: "" };

    private static bool IsLine(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MaxLength && !text.Any(char.IsControl);
}
