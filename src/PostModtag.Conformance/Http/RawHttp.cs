using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PostModtag.Conformance.Http;

/// <summary>Speaks HTTP/1.1 as a case wants it, also where it is wrong: no client of others' sends a length that is not the body's.</summary>
internal sealed class RawHttp(ConformanceTarget target)
{
    /// <summary>Sends a head and what a writer writes after it, and reads the answer, which may come before all is sent. Null where there is none.</summary>
    /// <param name="method">The method.</param>
    /// <param name="headers">The headers, but Host, Connection and Authorization.</param>
    /// <param name="write">Writes the body; false to break off there.</param>
    public async Task<Answer?> SendAsync(string method, IEnumerable<(string Name, string Value)> headers, Func<Stream, CancellationToken, Task<bool>> write)
    {
        using var patience = new CancellationTokenSource(target.Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(target.Endpoint.Host, target.Endpoint.Port, patience.Token);
        await using var stream = await OpenAsync(socket, patience.Token);
        var head = new StringBuilder($"{method} {target.Endpoint.PathAndQuery} HTTP/1.1\r\nHost: {target.Endpoint.Authority}\r\nConnection: close\r\n");
        if (target.Authorization is { } authorization)
            head.Append("Authorization: ").Append(authorization).Append("\r\n");
        foreach (var (name, value) in headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        var reading = ReadAsync(stream, patience.Token);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), patience.Token);
            var isWhole = await write(stream, patience.Token);
            await stream.FlushAsync(patience.Token);
            if (!isWhole)
                socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The endpoint may answer, and close, before it has it all.
        }

        return Answer.Read(await reading);
    }

    private async Task<Stream> OpenAsync(Socket socket, CancellationToken cancellationToken)
    {
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (target.Endpoint.Scheme != Uri.UriSchemeHttps)
            return plain;
#pragma warning disable CA5359 // Whoever asks for it wants to try an endpoint before it has a certificate that others trust.
        var secure = new SslStream(plain, leaveInnerStreamOpen: false, target.TrustsAny ? (_, _, _, _) => true : null);
#pragma warning restore CA5359
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = target.Endpoint.Host, ClientCertificates = target.Certificate is { } certificate ? [certificate] : new X509CertificateCollection() }, cancellationToken);
        return secure;
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // What came until then counts.
        }

        return all.ToArray();
    }
}
