using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

/// <summary>What means harm, over HTTP: the right answer, nothing that is no message leaves anything, and the server goes on.</summary>
[Operation("ReceiveMessage")]
public sealed class HostileBodyTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Each_gets_its_answer_and_of_what_is_no_message_nothing_is_left()
    {
        foreach (var hostile in HostileBody.All.Where(hostile => hostile.IsNoMessage))
        {
            var before = Kept();
            using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new StreamContent(hostile.Open(2_000_000)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
            using var response = await _server.Client.SendAsync(request);

            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, hostile.Name);
            Kept().ShouldBe(before, hostile.Name);
        }

        (await _server.Messages.FindMessagesAsync()).Result.Messages.ShouldBeEmpty();
        using var next = await _server.PostAsync(new TestMemo().ToBytes());
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n", "HTTP/1.1 400 ")]
    [InlineData("Content-Length: -1\r\n", "HTTP/1.1 400 ")]
    [InlineData("Content-Length: 99999999999999999999\r\n", "HTTP/1.1 400 ")]
    [InlineData("Content-Length: 10\r\nContent-Length: 20\r\n", "HTTP/1.1 400 ")]
    [InlineData("Content-Length: 99500001\r\n", "HTTP/1.1 413 ")]
    [InlineData("", "HTTP/1.1 4")]
    public async Task A_length_that_is_not_the_bodys_is_refused_and_leaves_nothing(string length, string answer)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(_server.Address.Host, _server.Address.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /PostModtag HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/xml\r\n{length}\r\n"));
        await connection.GetStream().WriteAsync(new TestMemo().ToBytes());

        using var reader = new StreamReader(connection.GetStream());
        (await reader.ReadLineAsync()).ShouldNotBeNull().ShouldStartWith(answer);
        (await _server.Messages.FindMessagesAsync()).Result.Messages.ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(_server.DataFolder, "incoming")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_that_a_body_points_to_is_asked()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}/x";
        string[] bodies =
        [
            $"<!DOCTYPE m SYSTEM '{url}'>" + Declared(""),
            $"<!DOCTYPE m [<!ENTITY % a SYSTEM '{url}'> %a;]>" + Declared(""),
            $"<?xml-stylesheet type='text/xsl' href='{url}'?>" + Declared(""),
            Declared($"xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='{TestMemo.Namespace} {url}'"),
            Declared($"xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:noNamespaceSchemaLocation='{url}'"),
            Declared($"xml:base='{url}'"),
            new TestMemo { ExtraHeader = $"<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='{url}'/>" }.ToString(),
        ];

        foreach (var body in bodies)
            using (await _server.PostAsync(Encoding.UTF8.GetBytes(body)))
                listener.Pending().ShouldBeFalse(body);
    }

    private static string Declared(string attribute) => new TestMemo().ToString()[38..].Replace("<memo:Message ", $"<memo:Message {attribute} ", StringComparison.Ordinal);

    /// <summary>Every file of contents, with the SHA-256 of its bytes: what a message would add to.</summary>
    private List<string> Kept() =>
    [
        .. new[] { "incoming", "contents", "packs" }.Select(folder => Path.Combine(_server.DataFolder, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Select(file => $"{file} {Sha256Of(file)}").Order(),
    ];

    private static string Sha256Of(string file)
    {
        using var bytes = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexString(SHA256.HashData(bytes));
    }
}
