using System.Net;
using System.Text.Json;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Audit;

/// <summary>Whoever sees a message is in the audit trail: who, when, which, and what of it; and the whole trail can be taken along.</summary>
[Operation("ExportAuditEntries")]
public sealed class ViewTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("", "fields")]
    [InlineData("/xml", "XML")]
    [InlineData("/files/1", "file 1")]
    [InlineData("/explanation", "explanation")]
    public async Task Each_view_is_there_once_with_what_was_seen(string of, string seen)
    {
        var memo = new TestMemo();
        (await _server.PostAsync(memo.ToBytes())).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"messages/{memo.MessageUuid}{of}");
        request.Headers.Add("x-Actor", "Bente");
        (await _server.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var view = (await ViewsAsync()).ShouldHaveSingleItem();

        (view.Actor, view.Authority, view.Fagsystem, view.Detail).ShouldBe(("Bente", memo.RecipientId, "indbakke", $"message {memo.MessageUuid}: {seen}"));
        (DateTimeOffset.UtcNow - view.At).ShouldBeLessThan(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_message_that_is_not_there_and_a_list_are_no_views()
    {
        (await _server.PostAsync(new TestMemo().ToBytes())).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _server.Messages.FindMessagesAsync();
        (await _server.Client.GetAsync($"messages/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _server.Client.GetAsync($"messages/{Guid.NewGuid()}/xml")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await ViewsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_put_into_the_trail_is_not_shown()
    {
        var memo = new TestMemo();
        (await _server.PostAsync(memo.ToBytes())).StatusCode.ShouldBe(HttpStatusCode.OK);
        TestDatabase.Execute(_server.DataFolder, """ALTER TABLE "AuditEntries" RENAME TO "Elsewhere" """);

        (await _server.Client.GetAsync($"messages/{memo.MessageUuid}/xml")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        TestDatabase.Execute(_server.DataFolder, """ALTER TABLE "Elsewhere" RENAME TO "AuditEntries" """);
        (await _server.Client.GetAsync($"messages/{memo.MessageUuid}/xml")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_whole_trail_is_exported_the_oldest_first_one_entry_a_line()
    {
        for (var i = 0; i < 3; i++)
            await _server.RegisterAsync($"system-{i}");
        var all = (await _server.Audit.FindAuditEntriesAsync()).Result.Entries.Reverse().ToList();

        using var answer = await _server.Client.GetAsync("audit/export");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("audit.ndjson");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        lines.Select(line => (line.GetProperty("action").GetString(), line.GetProperty("fagsystem").GetString(), line.GetProperty("detail").GetString()))
            .ShouldBe(all.Select(entry => ((string?)entry.Action.ToString(), (string?)entry.Fagsystem, (string?)entry.Detail)));
        (await ExportedAsync($"?from={Uri.EscapeDataString(all[2].At.ToString("O"))}")).ShouldBe(all.Count(entry => entry.At >= all[2].At));
        (await ExportedAsync($"?before={Uri.EscapeDataString(all[2].At.ToString("O"))}")).ShouldBe(all.Count(entry => entry.At < all[2].At));
    }

    private async Task<int> ExportedAsync(string period) => (await _server.Client.GetStringAsync($"audit/export{period}")).Count(character => character == '\n');

    private async Task<IReadOnlyList<AuditEntry>> ViewsAsync() => [.. (await _server.Audit.FindAuditEntriesAsync()).Result.Entries.Where(entry => entry.Action == AuditAction.MESSAGE_VIEWED)];
}
