using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Drills;

/// <summary>A server that is told to stop (SIGTERM) takes nothing new, and answers what it has begun.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task What_has_begun_is_answered_nothing_new_is_taken_and_it_ends_well()
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Directory.CreateTempSubdirectory("postmodtag-shutdown-");
        await using var fagsystem = await StandInFagsystem.StartAsync();
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        fagsystem.Answer = async (call, answer) =>
        {
            asked.TrySetResult();
            await go.Task;
            await StandInAnswers.Accept(call, answer);
        };
        using var process = ServerProcess.Start(
            Path.Combine(AppContext.BaseDirectory, "PostModtag.Api.dll"),
            new Dictionary<string, string>(TestDatabase.EnvironmentFor(folder.FullName)) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["PostModtag__DataFolder"] = folder.FullName });
        using var client = new HttpClient { BaseAddress = await process.ListeningAsync() };
        await new FagsystemerClient(client).RegisterFagsystemAsync(new NewFagsystem
        {
            Key = "esdh", Name = "ESDH", Owner = "Testkommunen", Kind = FagsystemKind.REST, Rest = new RestConnection { Url = fagsystem.Url, TimeoutSeconds = 20, MaxConcurrency = 8 },
        });
        await new DraftsClient(client).SaveDraftAsync(Setup.Everything("esdh"), Setup.Authority, "*");
        await new PublicationsClient(client).PublishRulesAsync(new PublicationRequest { Comment = "Til en test" }, Setup.Authority, "*");
        var memo = new TestMemo();
        using var body = new ByteArrayContent(memo.ToBytes()) { Headers = { ContentType = new("application/xml") } };
        var begun = client.PostAsync(new Uri("PostModtag", UriKind.Relative), body);
        await asked.Task.WaitAsync(Eventually.Patience);

        process.Terminate();

        // A new connection finds nobody while the old one waits for its answer.
        await Eventually.BeSoAsync(async () => !await ListensAsync(client.BaseAddress!));
        begun.IsCompleted.ShouldBeFalse();
        go.SetResult();
        using var answer = await begun;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("COMPLETED");
        (await process.EndAsync()).ShouldBe(0);
        process.Errors.Trim().ShouldBeEmpty();
        TestDatabase.Drop(folder.FullName);
        folder.Delete(recursive: true);
    }

    private static async Task<bool> ListensAsync(Uri address)
    {
        using var handler = new SocketsHttpHandler();
        using var stranger = new HttpClient(handler) { BaseAddress = address };
        try
        {
            using var answer = await stranger.GetAsync("health/live");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
