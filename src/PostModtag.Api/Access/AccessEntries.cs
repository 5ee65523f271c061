using System.Collections.Frozen;
using Microsoft.AspNetCore.Authentication;
using PostModtag.Application;
using PostModtag.Application.Access;

namespace PostModtag.Api.Access;

/// <summary>Who may come in, ready to be looked up.</summary>
internal sealed class AccessEntries
{
    private readonly FrozenDictionary<Sha256Value, CallerEntry[]> _byToken;
    private readonly FrozenDictionary<Sha256Value, CallerEntry[]> _byThumbprint;
    private readonly FrozenDictionary<string, AuthenticateResult> _byCvr;
    private readonly FrozenDictionary<Sha256Value, AuthenticateResult> _byKey;

    public AccessEntries(PostModtagOptions options)
    {
        var entries = options.Callers.Select(caller => new CallerEntry(caller)).ToList();
        _byToken = entries.Where(entry => entry.Token is not null).GroupBy(entry => entry.Token!.Value).ToFrozenDictionary(group => group.Key, group => group.ToArray());

        // Those that need no token. One with a thumbprint is looked up by it, also when it asks for a CVR number too.
        var bare = entries.Where(entry => entry.Token is null).ToList();
        _byThumbprint = bare.Where(entry => entry.Thumbprint is not null).GroupBy(entry => entry.Thumbprint!.Value).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        _byCvr = bare.Where(entry => entry.Thumbprint is null).DistinctBy(entry => entry.Cvr).ToFrozenDictionary(entry => entry.Cvr!, entry => entry.SignedIn, StringComparer.Ordinal);
        _byKey = options.ApiKeys.ToFrozenDictionary(key => Sha256Value.Parse(key.Sha256), SignedIn);
    }

    /// <summary>The caller with that token, and that certificate where its entry asks for one; null when there is none.</summary>
    public AuthenticateResult? FindCaller(Sha256Value token, CheckedCertificate? certificate) =>
        _byToken.TryGetValue(token, out var entries) ? Array.Find(entries, entry => entry.Takes(certificate))?.SignedIn : null;

    /// <summary>The caller with that certificate alone; null when there is none.</summary>
    public AuthenticateResult? FindCaller(CheckedCertificate certificate) =>
        certificate.Problem is not null ? null
        : _byThumbprint.TryGetValue(certificate.Thumbprint, out var named) && Array.Find(named, entry => entry.Takes(certificate)) is { } one ? one.SignedIn
        : certificate.Cvr is { } cvr ? _byCvr.GetValueOrDefault(cvr) : null;

    /// <summary>The program with that API key; null when there is none.</summary>
    public AuthenticateResult? FindProgram(Sha256Value key) => _byKey.GetValueOrDefault(key);

    private static AuthenticateResult SignedIn(ApiKeyOptions key) => new AccessIdentity(
        AccessSchemes.ApiKey, key.Name, [.. key.Role is { } role ? Roles.Find(role)! : [], .. key.Scopes], AuthorityAccess.Of(key.Authorities)).SignedIn();

    private sealed class CallerEntry(CallerOptions caller)
    {
        public Sha256Value? Token { get; } = caller.TokenSha256 is { } hash ? Sha256Value.Parse(hash) : null;

        public Sha256Value? Thumbprint { get; } = caller.Thumbprint is { } hash ? Sha256Value.Parse(hash) : null;

        public string? Cvr { get; } = caller.Cvr;

        public AuthenticateResult SignedIn { get; } = new AccessIdentity(AccessSchemes.Caller, caller.Name, [Permissions.ReceiveMessages], AuthorityAccess.All).SignedIn();

        public bool Takes(CheckedCertificate? certificate) =>
            (Thumbprint is null && Cvr is null)
            || (certificate is { Problem: null } && (Thumbprint is null || Thumbprint == certificate.Thumbprint) && (Cvr is null || Cvr == certificate.Cvr));
    }
}
