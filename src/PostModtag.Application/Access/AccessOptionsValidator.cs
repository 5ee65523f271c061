using System.Net;
using System.Security.Cryptography;
using FluentValidation;
using PostModtag.Application.Fagsystemer;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Access;

/// <summary>Says of each setting of who gets in what is wrong with it, and what it may be. It quotes no hash and no password.</summary>
internal sealed class AccessOptionsValidator : AbstractValidator<PostModtagOptions>
{
    private const int MaxName = 256;
    private const string Hash = "64 hexadecimal digits; the command key prints it";

    /// <summary>The rules.</summary>
    public AccessOptionsValidator()
    {
        Callers();
        ApiKeys();
        Oidc();
        Tls();
        Limits();
    }

    private void Callers()
    {
        RuleForEach(options => options.Callers).Must(caller => IsName(caller.Name))
            .WithMessage($"PostModtag:Callers:{{CollectionIndex}}:Name must be 1 to {MaxName} characters, and no control characters.");
        RuleForEach(options => options.Callers).Must(caller => (caller.Cvr ?? caller.Thumbprint ?? caller.TokenSha256) is not null)
            .WithMessage("PostModtag:Callers:{CollectionIndex} names no Cvr, no Thumbprint and no TokenSha256; one of them at least.");
        RuleForEach(options => options.Callers).Must(caller => caller.Cvr is null || AuthorityRules.IsCvr(caller.Cvr))
            .WithMessage("PostModtag:Callers:{CollectionIndex}:Cvr must be a CVR number of 8 digits.");
        RuleForEach(options => options.Callers).Must(caller => caller.Thumbprint is null || IsSha256(caller.Thumbprint))
            .WithMessage("PostModtag:Callers:{CollectionIndex}:Thumbprint must be the certificate's SHA-256, 64 hexadecimal digits.");
        RuleForEach(options => options.Callers).Must(caller => caller.TokenSha256 is null || IsSha256(caller.TokenSha256))
            .WithMessage($"PostModtag:Callers:{{CollectionIndex}}:TokenSha256 must be the token's SHA-256, {Hash}.");
        RuleForEach(options => options.Callers).Must((options, caller) => (caller.Cvr ?? caller.Thumbprint) is null || options.Tls.TrustedCertificatesFile is not null)
            .WithMessage("PostModtag:Callers:{CollectionIndex} asks for a certificate; name those that it must come from in PostModtag:Tls:TrustedCertificatesFile.");
    }

    private void ApiKeys()
    {
        RuleForEach(options => options.ApiKeys).Must(key => IsName(key.Name))
            .WithMessage($"PostModtag:ApiKeys:{{CollectionIndex}}:Name must be 1 to {MaxName} characters, and no control characters.");
        RuleForEach(options => options.ApiKeys).Must(key => IsSha256(key.Sha256))
            .WithMessage($"PostModtag:ApiKeys:{{CollectionIndex}}:Sha256 must be the key's SHA-256, {Hash}.");
        RuleForEach(options => options.ApiKeys).Must(key => key.Role is null || Roles.Find(key.Role) is not null)
            .WithMessage("PostModtag:ApiKeys:{CollectionIndex}:Role must be læser, sagsbehandler or administrator.");
        RuleForEach(options => options.ApiKeys).Must(key => key.Scopes.All(scope => Permissions.OfAdministration.Contains(scope)))
            .WithMessage($"PostModtag:ApiKeys:{{CollectionIndex}}:Scopes must be of these: {string.Join(", ", Permissions.OfAdministration)}.");
        RuleForEach(options => options.ApiKeys).Must(key => key.Role is not null || key.Scopes.Count > 0)
            .WithMessage("PostModtag:ApiKeys:{CollectionIndex} has no Role and no Scopes; one of them at least.");
        RuleForEach(options => options.ApiKeys).Must(key => key.Authorities.Count > 0 && key.Authorities.All(cvr => cvr == AuthorityAccess.Everyone || AuthorityRules.IsCvr(cvr)))
            .WithMessage("PostModtag:ApiKeys:{CollectionIndex}:Authorities must be CVR numbers of 8 digits, or * for all.");
        RuleFor(options => options.ApiKeys).Must(keys => keys.Select(key => key.Sha256.ToUpperInvariant()).Distinct().Count() == keys.Count)
            .WithMessage("PostModtag:ApiKeys has the same Sha256 twice; each key has one entry.");
    }

    private void Oidc()
    {
        RuleFor(options => options.Oidc.Authority).Must(IsSecure).When(options => options.Oidc.Authority is not null)
            .WithMessage("PostModtag:Oidc:Authority must be an address with https, such as https://login.example/realms/kommunen; http only on this machine.");
        RuleFor(options => options.Oidc.Audience).Must(audience => !string.IsNullOrWhiteSpace(audience)).When(options => options.Oidc.Authority is not null)
            .WithMessage("PostModtag:Oidc:Audience must say what a token is for (aud), such as postmodtag.");
    }

    private void Tls()
    {
        RuleFor(options => options.Tls).Must(tls => tls.CertificateFile is null || Opens(tls))
            .WithMessage("PostModtag:Tls:CertificateFile names no certificate with its key: a PKCS#12 file that opens with PostModtag:Tls:CertificatePassword, or PEM with PostModtag:Tls:KeyFile.");
        RuleFor(options => options.Tls.TrustedCertificatesFile).Must(file => file is null || (File.Exists(file) && TrustedCertificates.AreReadable(File.ReadAllText(file))))
            .WithMessage("PostModtag:Tls:TrustedCertificatesFile names no file of certificates as PEM (-----BEGIN CERTIFICATE-----).");
        RuleForEach(options => options.Proxies).Must(proxy => IPAddress.TryParse(proxy, out _) || IPNetwork.TryParse(proxy, out _))
            .WithMessage("PostModtag:Proxies:{CollectionIndex} must be an address or a network, such as 10.0.0.4 or 10.0.0.0/24.");
        RuleFor(options => options.ProxyCertificateHeader).Must(header => header.Length > 0 && header.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
            .WithMessage("PostModtag:ProxyCertificateHeader must be the name of a header, such as X-Client-Cert.");
    }

    private void Limits()
    {
        RuleFor(options => options.Limits.MaxHeaderBytes).InclusiveBetween(4_096, 1_048_576)
            .WithMessage("PostModtag:Limits:MaxHeaderBytes must be a number of bytes from 4096 to 1048576, such as 32768.");
        RuleFor(options => options.Limits.MinBodyBytesPerSecond).InclusiveBetween(1, 1_000_000)
            .WithMessage("PostModtag:Limits:MinBodyBytesPerSecond must be a number of bytes from 1 to 1000000, such as 240.");
        RuleFor(options => options.Limits.ConcurrentUploads).InclusiveBetween(1, 100_000)
            .WithMessage("PostModtag:Limits:ConcurrentUploads must be a number from 1 to 100000, such as 1000.");
        RuleFor(options => options.Limits.CallsPerSecond).InclusiveBetween(1, 1_000_000)
            .WithMessage("PostModtag:Limits:CallsPerSecond must be a number from 1 to 1000000, such as 1000.");
        RuleFor(options => options.Limits.CallsPerSecondFromAddress).InclusiveBetween(1, 1_000_000)
            .WithMessage("PostModtag:Limits:CallsPerSecondFromAddress must be a number from 1 to 1000000, such as 2000.");
    }

    private static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= MaxName && !name.Any(char.IsControl);

    private static bool IsSha256(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit);

    private static bool IsSecure(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static bool Opens(TlsOptions tls)
    {
        try
        {
            ServerCertificateFile.Read(tls).Dispose();
            return true;
        }
        catch (Exception exception) when (ServerCertificateFile.IsUnreadable(exception))
        {
            return false;
        }
    }
}
