using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.SetFagsystemCredential;

/// <summary>Set what is presented to a fagsystem on another host: a token, or a client certificate.</summary>
public sealed class SetFagsystemCredentialCommand : IRequest<Change<string>>, IOfServer
{
    /// <summary>The fagsystem's key.</summary>
    public required string Key { get; init; }

    /// <summary>The token's scheme; null for <c>Bearer</c>.</summary>
    public string? Scheme { get; init; }

    /// <summary>The token; null when it is a certificate.</summary>
    public string? Token { get; init; }

    /// <summary>The certificate with its private key, a PKCS 12 file; null when it is a token.</summary>
    public byte[]? Pkcs12 { get; init; }

    /// <summary>The file's password; null for none.</summary>
    public string? Password { get; init; }
}

/// <summary>Keeps it, encrypted.</summary>
internal sealed class SetFagsystemCredentialHandler(ISetupStore store, ICredentialStore credentials, ICaller caller, TimeProvider clock) : IRequestHandler<SetFagsystemCredentialCommand, Change<string>>
{
    private const int MaxToken = 8_000;

    /// <inheritdoc />
    public async Task<Change<string>> Handle(SetFagsystemCredentialCommand request, CancellationToken cancellationToken)
    {
        if (await store.FindFagsystemAsync(request.Key, cancellationToken) is null)
            return new Change<string>.NotFound();
        if ((request.Token is null) == (request.Pkcs12 is null))
            return Invalid("token", "Giv enten et token eller et certifikat.", "Expected either a token or a certificate (pkcs12).");
        return request.Token is { } token
            ? await SetTokenAsync(request.Key, request.Scheme ?? "Bearer", token, cancellationToken)
            : await SetCertificateAsync(request.Key, request.Pkcs12!, request.Password, cancellationToken);
    }

    private async Task<Change<string>> SetTokenAsync(string key, string scheme, string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > MaxToken || token.Any(character => character is <= ' ' or > '~'))
            return Invalid("token", $"Skriv 1 til {MaxToken} synlige tegn uden mellemrum.", $"Expected 1 to {MaxToken} printable characters without spaces.");
        if (!AuthenticationHeaderValue.TryParse($"{scheme} x", out var header) || header.Scheme != scheme)
            return Invalid("scheme", "Skriv en type for Authorization-headeren, såsom Bearer eller Holder-of-key.", "Expected a scheme of the Authorization header, such as Bearer or Holder-of-key.");
        await credentials.SetTokenAsync(key, scheme, token, Audit(key, $"a token of the scheme {scheme}"), cancellationToken);
        return new Change<string>.Done(key);
    }

    private async Task<Change<string>> SetCertificateAsync(string key, byte[] pkcs12, string? password, CancellationToken cancellationToken)
    {
        X509Certificate2Collection certificates;
        try
        {
            certificates = X509CertificateLoader.LoadPkcs12Collection(pkcs12, password, X509KeyStorageFlags.Exportable);
        }
        catch (CryptographicException)
        {
            return Invalid("pkcs12", "Vælg en PKCS 12-fil, og skriv dens adgangskode.", "Expected a PKCS 12 file in base64, and its password.");
        }

        try
        {
            if (certificates.Count(certificate => certificate.HasPrivateKey) != 1)
                return Invalid("pkcs12", "Filen skal have ét certifikat med sin private nøgle; udstedernes certifikater må også være der.", "Expected one certificate with its private key in the file; the certificates of those that issued it may be there too.");
            var own = certificates.Single(certificate => certificate.HasPrivateKey);
            if (own.NotAfter.ToUniversalTime() <= clock.GetUtcNow())
                return Invalid("pkcs12", "Certifikatet er udløbet; vælg et, der gælder.", "Expected a certificate that has not expired.");
            X509Certificate2Collection chain = [.. certificates.Where(certificate => !certificate.HasPrivateKey)];
            await credentials.SetCertificateAsync(key, own, chain, Audit(key, $"a client certificate, SHA-256 thumbprint {own.GetCertHashString(HashAlgorithmName.SHA256)}"), cancellationToken);
        }
        finally
        {
            foreach (var certificate in certificates)
                certificate.Dispose();
        }

        return new Change<string>.Done(key);
    }

    private AuditEntry Audit(string key, string detail) => new(clock.GetUtcNow(), caller.Name, AuditAction.CredentialSet, null, key, detail);

    private static Change<string>.Invalid Invalid(string place, string danish, string english) => new([new Fault(place, new BilingualText(danish, english))]);
}
