using FluentValidation;
using PostModtag.Application.Administration;
using PostModtag.Domain.Fagsystemer;

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
public sealed class FagsystemDetailsValidator : AbstractValidator<FagsystemDetails>
{
    private const int MaxLength = 256;
    private const int MaxSystemIds = 50;
    private const int MaxHandOnTo = 10;

    /// <summary>The rules.</summary>
    public FagsystemDetailsValidator()
    {
        RuleFor(details => details.Name).Must(IsLine).OverridePropertyName("name").WithMessage($"Expected 1 to {MaxLength} characters on one line.");
        RuleFor(details => details.Owner).Must(IsLine).OverridePropertyName("owner").WithMessage($"Expected 1 to {MaxLength} characters on one line.");
        RuleFor(details => details.Rest).Must((details, rest) => (rest is not null) == (details.Kind == FagsystemKind.Rest)).OverridePropertyName("rest")
            .WithMessage("Expected with the kind REST, and with no other.");
        RuleFor(details => details.Rest!.Url).Must(IsEndpoint).When(details => details.Rest is not null).OverridePropertyName("rest.url")
            .WithMessage("Expected the address of the fagsystem's EP_FS1, with https (http only on this machine), without user name, query and fragment.");
        RuleFor(details => details.Rest!.TimeoutSeconds).InclusiveBetween(1, 600).When(details => details.Rest is not null).OverridePropertyName("rest.timeoutSeconds")
            .WithMessage("Expected 1 to 600 seconds.");
        RuleFor(details => details.Rest!.MaxConcurrency).InclusiveBetween(1, 100).When(details => details.Rest is not null).OverridePropertyName("rest.maxConcurrency")
            .WithMessage("Expected 1 to 100.");
        RuleFor(details => details.Rest!.TrustedCertificates!).Must(TrustedCertificates.AreReadable).When(details => details.Rest?.TrustedCertificates is not null)
            .OverridePropertyName("rest.trustedCertificates").WithMessage($"Expected one or more certificates as PEM (-----BEGIN CERTIFICATE-----), at most {TrustedCertificates.MaxLength} characters.");
        RuleFor(details => details.SystemIds).Must(ids => ids.Count <= MaxSystemIds).OverridePropertyName("systemIds").WithMessage($"Expected at most {MaxSystemIds}.");
        RuleForEach(details => details.SystemIds).Must(IsLine).OverridePropertyName("systemIds").WithMessage($"Expected 1 to {MaxLength} characters on one line.");
        RuleFor(details => details.HandOnTo).Must(keys => keys.Count <= MaxHandOnTo).OverridePropertyName("handOnTo").WithMessage($"Expected at most {MaxHandOnTo}.");
        RuleFor(details => details.HandOnTo).Must(keys => keys.Distinct(StringComparer.Ordinal).Count() == keys.Count).OverridePropertyName("handOnTo")
            .WithMessage("Expected each fagsystem once: it gets one copy.");
    }

    /// <summary>What is wrong with the description of the fagsystem with that key, also beside the others.</summary>
    internal IReadOnlyList<Fault> FaultsOf(FagsystemDetails details, string key, IReadOnlyCollection<Fagsystem> others, FagsystemDirectory handlers)
    {
        var faults = Validate(details).Errors.Select(error => new Fault(error.PropertyName, error.ErrorMessage)).ToList();
        if (details.Kind == FagsystemKind.Handler && !handlers.Has(key))
            faults.Add(new Fault("kind", $"This process has no handler under the key {key}. It has: {handlers.Keys}. A vendor adds one with AddFagsystem (docs/extending.md); INBOX needs none."));

        faults.AddRange(details.HandOnTo.Select((further, i) => HandOnFault(further, key, others) is { } text ? new Fault($"handOnTo[{i}]", text) : null).OfType<Fault>());

        // A name that two had would send replies to either.
        var taken = others.Where(other => other.Key != key).SelectMany(other => other.Names.Select(name => (name, other.Key)))
            .ToLookup(pair => pair.name, pair => pair.Key, StringComparer.OrdinalIgnoreCase);
        var own = new[] { (Place: "key", Name: key), (Place: "name", details.Name) }.Concat(details.SystemIds.Select((id, i) => (Place: $"systemIds[{i}]", Name: id)));
        faults.AddRange(own.Where(name => taken[name.Name].Any())
            .Select(name => new Fault(name.Place, $"The fagsystem {taken[name.Name].First()} is called so already, and replies that name it would not know where to go. Choose another.")));
        return faults;
    }

    private static string? HandOnFault(string further, string key, IEnumerable<Fagsystem> others) =>
        further == key ? "A fagsystem has what it has accepted, and gets no copy of it. Name others."
        : others.All(other => other.Key != further) ? $"No fagsystem has the key {(Fagsystem.IsKey(further) ? further : "that is given here")}. GET /fagsystemer lists them."
        : others.Any(other => other.Key == further && other.State == FagsystemState.Retired) ? $"The fagsystem {further} is retired, and takes no messages. Take it out, or make it active again."
        : null;

    private static bool IsEndpoint(string url) =>
        url.Length <= 2_000 && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri is { UserInfo: "", Query: "", Fragment: "" };

    private static bool IsLine(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MaxLength && !text.Any(char.IsControl);
}
