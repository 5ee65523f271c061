using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PostModtag.Cli.Commands;

namespace PostModtag.Cli.Sending;

/// <summary>An EP_FS1, whoever's, and what it is told of who calls.</summary>
internal sealed class EndpointOptions
{
    /// <summary>Its address.</summary>
    public Argument<string> Target { get; } = new("target") { Description = "The address of the endpoint, such as https://fagsystem.example/PostModtag." };

    /// <summary>What it lets in by certificate.</summary>
    public Option<FileInfo?> Certificate { get; } = new("--certificate") { Description = "A client certificate with its key (PKCS 12).", HelpName = "FILE" };

    /// <summary>The file's password.</summary>
    public Option<string?> Password { get; } = new("--certificate-password") { Description = "Its password.", HelpName = "PASSWORD" };

    /// <summary>What it lets in by token.</summary>
    public Option<string?> Token { get; } = new("--token") { Description = "A token; or better in the environment as POSTMODTAG_TOKEN.", HelpName = "TOKEN" };

    /// <summary>Where a server is tried.</summary>
    public Option<bool> TrustAny { get; } = new("--trust-any") { Description = "Take any certificate that the server has: for trying only." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(Target);
        foreach (var option in new Option[] { Certificate, Password, Token, TrustAny })
            command.Add(option);
    }

    /// <summary>Its address.</summary>
    public Uri AddressOf(ParseResult parsed) => HttpAddress.Of(parsed.GetRequiredValue(Target), "The target", "https://fagsystem.example/PostModtag");

    /// <summary>The certificate that is presented to it; null for none.</summary>
    public X509Certificate2? CertificateOf(ParseResult parsed) => parsed.GetValue(Certificate) is { } file ? Load(file, parsed.GetValue(Password)) : null;

    /// <summary>The token that is presented to it; null for none.</summary>
    public string? TokenOf(ParseResult parsed) => (parsed.GetValue(Token) ?? Environment.GetEnvironmentVariable("POSTMODTAG_TOKEN")) is { Length: > 0 } token ? token : null;

    /// <summary>A client of it.</summary>
    public Endpoint Connect(ParseResult parsed)
    {
        var target = AddressOf(parsed);
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue };
#pragma warning disable CA5359 // Whoever asks for it by that name wants to try a server before it has a certificate that others trust.
        if (parsed.GetValue(TrustAny))
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        if (CertificateOf(parsed) is { } certificate)
            handler.SslOptions.ClientCertificates = [certificate];
        var client = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, application/xml;q=0.9");
        if (TokenOf(parsed) is { } token)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new Endpoint(client, target);
    }

    private static X509Certificate2 Load(FileInfo file, string? password)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file.FullName, password);
        }
        catch (CryptographicException)
        {
            throw new MisusedException($"{file} is no PKCS 12 file that opens with --certificate-password.");
        }
    }
}

/// <summary>A client of an EP_FS1.</summary>
internal sealed class Endpoint(HttpClient client, Uri target) : IDisposable
{
    /// <summary>Posts a message, and says what came.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="body">Its bytes; read once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SentMessage> PostAsync(string name, Stream body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new StreamContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } } };
        request.Headers.Add("x-TransaktionsId", Guid.NewGuid().ToString());
        var sent = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await client.SendAsync(request, cancellationToken);
            return await SentMessage.OfAsync(name, answer, Stopwatch.GetElapsedTime(sent), cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return SentMessage.NoAnswer(name, exception, Stopwatch.GetElapsedTime(sent));
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();
}
