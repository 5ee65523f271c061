using System.Net;
using System.Net.Http.Headers;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Drills;

/// <summary>
/// A real disk that is really full: the server's data lies on a file system of 48 MB, in a mount namespace of its own, so that no right
/// beyond the user's own is needed. Linux only.
/// </summary>
[Trait("Database", "SQLite")]
public sealed class FullDiskTests : IAsyncLifetime, IDisposable
{
    private const int MostMessages = 400;

    private readonly string _parent = Directory.CreateTempSubdirectory("postmodtag-full-").FullName;
    private HttpClient _client = null!;
    private ServerProcess _server = null!;

    private string Mount => Path.Combine(_parent, "disk");

    /// <summary>The disk as it is seen from outside.</summary>
    private string Disk => $"/proc/{_server.Id}/root{Mount}";

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Mount);
        var program = Path.Combine(AppContext.BaseDirectory, "PostModtag.Api.dll");
        var script = $"""mount -t tmpfs -o size=48m none "{Mount}" && head -c 8000000 /dev/zero > "{Mount}/ballast" && exec dotnet "{program}" --urls=http://127.0.0.1:0""";
        _server = ServerProcess.Run("unshare", new Dictionary<string, string> { ["PostModtag__DataFolder"] = Path.Combine(Mount, "data") }, "--user", "--map-root-user", "--mount", "bash", "-c", script);
        _client = new HttpClient { BaseAddress = await _server.ListeningAsync(), Timeout = TimeSpan.FromMinutes(2) };
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        Directory.Delete(_parent, recursive: true);
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(600_000)]
    public async Task A_disk_that_is_full_costs_no_message_and_when_there_is_room_again_it_goes_on(int size)
    {
        var answered = new List<(TestMemo Memo, string Receipt)>();
        TestMemo? refused = null;
        for (var i = 0; refused is null && i < MostMessages; i++)
        {
            var memo = Memo(size, i);
            var (status, receipt) = await PostAsync(memo);
            if (status == HttpStatusCode.OK)
                answered.Add((memo, receipt));
            else
                refused = memo;
            status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
        }

        refused.ShouldNotBeNull("the disk was never full");
        answered.Count.ShouldBeGreaterThan(10);
        for (var i = 0; i < 3; i++)
            (await PostAsync(refused)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await _client.GetAsync("health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);

        // There is room again, and nobody starts it anew.
        File.Delete(Path.Combine(Disk, "ballast"));
        (await PostAsync(refused)).Status.ShouldBe(HttpStatusCode.OK);
        (await _client.GetAsync("health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var (memo, receipt) in answered)
        {
            (await _client.GetByteArrayAsync($"messages/{memo.MessageUuid}/xml")).ShouldBe(memo.ToBytes());
            (await PostAsync(memo)).ShouldBe((HttpStatusCode.OK, receipt));
        }

        Directory.EnumerateFiles(Path.Combine(Disk, "data", "incoming")).ShouldBeEmpty();
    }

    private static TestMemo Memo(int size, int seed)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        var memo = new TestMemo();
        memo.Files.Add(("bilag.bin", "image/png", content));
        return memo;
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(TestMemo memo)
    {
        using var body = new ByteArrayContent(memo.ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } };
        using var answer = await _client.PostAsync(new Uri("PostModtag", UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            answer.Headers.RetryAfter.ShouldNotBeNull();
        return (answer.StatusCode, text);
    }
}
