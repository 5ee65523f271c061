using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

[Operation("ReceiveMessage")]
[Operation("GetMessageFile")]
[Operation("GetMessageXml")]
public sealed class LargeMessageTests
{
    private const int Limit = 99_500_000;

    [Fact]
    public async Task A_message_of_exactly_99_5_MB_goes_in_and_comes_out_unchanged_and_one_byte_more_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var memo = new TestMemo();
        var body = LargeBody(memo, Limit);

        using var accepted = await SendAsync(server, body);

        accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
        var details = (await server.Messages.GetMessageAsync(memo.Uuid)).Result;
        details.Summary.Size.ShouldBe(Limit);
        details.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(body)));
        (await HashAsync(server, $"messages/{memo.Uuid}/xml")).ShouldBe(details.Sha256);
        (await HashAsync(server, $"messages/{memo.Uuid}/files/2")).ShouldBe(details.Files.ElementAt(1).Sha256);

        using var refused = await SendAsync(server, LargeBody(new TestMemo(), Limit + 1));
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await server.Messages.FindMessagesAsync()).Result.Messages.Count.ShouldBe(1);
        Directory.EnumerateFiles(Path.Combine(server.DataFolder, "incoming")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing_behind()
    {
        await using var server = await TestServer.StartAsync();
        using var halfway = new SemaphoreSlim(0);
        using var giveUp = new CancellationTokenSource();
        var upload = SendAsync(server, new PausingContent(LargeBody(new TestMemo(), 3_000_000), halfway), giveUp.Token);
        await halfway.WaitAsync();
        await Eventually.BeSoAsync(() => Directory.EnumerateFiles(Path.Combine(server.DataFolder, "incoming")).Any());

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(upload);
        await Eventually.BeSoAsync(() => !Directory.EnumerateFiles(Path.Combine(server.DataFolder, "incoming")).Any());
        Directory.EnumerateFiles(server.DataFolder, "*", SearchOption.AllDirectories).Where(file => file.Contains("contents", StringComparison.Ordinal)).ShouldBeEmpty();
        (await server.Messages.FindMessagesAsync()).Result.Messages.ShouldBeEmpty();
    }

    private static byte[] LargeBody(TestMemo memo, int size)
    {
        memo.Files.Add(("stor.txt", "text/plain", "PLACEHOLDER"u8.ToArray()));
        var parts = memo.ToString().Split(Convert.ToBase64String("PLACEHOLDER"u8));
        var room = size - Encoding.UTF8.GetByteCount(parts[0]) - Encoding.UTF8.GetByteCount(parts[1]);
        var content = new byte[room];
        content.AsSpan().Fill((byte)'A');
        content.AsSpan(room / 4 * 4).Fill((byte)' ');
        return [.. Encoding.UTF8.GetBytes(parts[0]), .. content, .. Encoding.UTF8.GetBytes(parts[1])];
    }

    private static Task<HttpResponseMessage> SendAsync(TestServer server, byte[] body) => SendAsync(server, new ByteArrayContent(body), CancellationToken.None);

    private static async Task<HttpResponseMessage> SendAsync(TestServer server, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        return await server.Client.SendAsync(request, cancellationToken);
    }

    private static async Task<string> HashAsync(TestServer server, string path)
    {
        await using var stream = await server.Client.GetStreamAsync(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream));
    }

    /// <summary>Sends the first half, says so, and never sends the rest.</summary>
    private sealed class PausingContent(byte[] body, SemaphoreSlim halfway) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(body.AsMemory(0, body.Length / 2), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            halfway.Release();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
