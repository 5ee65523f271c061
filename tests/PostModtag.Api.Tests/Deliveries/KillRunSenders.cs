using System.Net;
using System.Net.Http.Headers;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>Sends new messages, and those that were not answered again, from several connections, and remembers each receipt.</summary>
internal sealed class KillRunSenders(Random random)
{
    private const int Connections = 4;
    private const int LargeFile = 300_000;

    private static readonly string[] Destinations = ["indbakke", "esdh", "social"];

    private readonly Lock _lock = new();
    private readonly Queue<SentMessage> _unanswered = new();
    private int _count;

    /// <summary>Every message, in the order in which they were first sent.</summary>
    public List<SentMessage> Sent { get; } = [];

    /// <summary>Sends until the server answers no more.</summary>
    /// <param name="client">The server.</param>
    /// <param name="beforeEach">Is told how many have been sent to this server.</param>
    public async Task SendUntilItDiesAsync(HttpClient client, Action<int> beforeEach)
    {
        _count = 0;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            var isAlive = true;
            while (isAlive)
            {
                beforeEach(Interlocked.Increment(ref _count) - 1);
                isAlive = await SendAsync(client, Next());
            }
        }));
    }

    /// <summary>Sends those that have no receipt until each has one.</summary>
    public async Task SendTheRestAsync(HttpClient client)
    {
        while (_unanswered.TryDequeue(out var message))
            (await SendAsync(client, message)).ShouldBeTrue();
    }

    /// <summary>Sends a message. Null when it is not decided.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public static async Task<string?> PostAsync(HttpClient client, TestMemo memo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(memo.ToBytes()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await client.SendAsync(request);
        response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsStringAsync() : null;
    }

    /// <summary>A new message, one that is to be sent again, or, now and then, one that has its receipt already.</summary>
    private SentMessage Next()
    {
        lock (_lock)
        {
            if (_unanswered.Count > 0 && random.Next(2) == 0)
                return _unanswered.Dequeue();
            if (Sent.Count > 0 && random.Next(10) == 0)
                return Sent[random.Next(Sent.Count)];
            var memo = new TestMemo { Label = Destinations[random.Next(Destinations.Length)] };
            if (random.Next(5) == 0)
                memo.Files.Add(("bilag.txt", "text/plain", [.. Enumerable.Repeat((byte)'x', LargeFile)]));
            var message = new SentMessage(memo);
            Sent.Add(message);
            return message;
        }
    }

    /// <summary>False when the server is gone.</summary>
    private async Task<bool> SendAsync(HttpClient client, SentMessage message)
    {
        string? receipt = null;
        try
        {
            receipt = await PostAsync(client, message.Memo);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        finally
        {
            lock (_lock)
                Took(message, receipt);
        }
    }

    private void Took(SentMessage message, string? receipt)
    {
        if (receipt is null && message.Receipt is null)
            _unanswered.Enqueue(message);
        if (receipt is not null)
            receipt.ShouldBe(message.Receipt ??= receipt);
    }
}

/// <summary>A message that was sent, and its receipt once it has one.</summary>
internal sealed record SentMessage(TestMemo Memo)
{
    public string? Receipt { get; set; }
}
