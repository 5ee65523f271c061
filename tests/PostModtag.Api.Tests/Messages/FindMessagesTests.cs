using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Messages;

[Operation("FindMessages")]
public sealed class FindMessagesTests : IAsyncLifetime
{
    private readonly Script _script = new();
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(_script.Register);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_newest_comes_first_with_what_a_list_shows()
    {
        var older = await PostAsync(new TestMemo());
        var newer = await PostAsync(new TestMemo { ContactPointId = "22222222-2222-4222-8222-222222222222", Label = "Klage" });

        var page = (await _server.Messages.FindMessagesAsync()).Result;

        page.Messages.Select(message => message.MessageUUID).ShouldBe([newer.Uuid, older.Uuid]);
        page.NextCursor.ShouldBeNull();
        var line = page.Messages[0];
        line.State.ShouldBe(MessageState.ACCEPTED);
        line.Size.ShouldBe(newer.ToBytes().Length);
        line.FileCount.ShouldBe(1);
        line.MemoVersion.ShouldBe("1.2");
        line.MessageType.ShouldBe("DIGITALPOST");
        line.SenderID.ShouldBe("011370-xxxx");
        line.SenderLabel.ShouldBe(newer.SenderLabel);
        line.RecipientID.ShouldBe(newer.RecipientId);
        line.ContactPointID.ShouldBe(newer.ContactPointId);
        line.Label.ShouldBe("Klage");
        line.Fagsystem.ShouldBe(Script.FagsystemName);
        line.ErrorCode.ShouldBeNull();
    }

    [Fact]
    public async Task Each_filter_finds_what_it_says_and_no_more_whatever_the_letter_case()
    {
        var wanted = await PostAsync(new TestMemo { SenderId = "0113705555", RecipientId = "90000017", ContactPointId = "AABBCCDD-1111-4222-8333-444455556666", Label = "Om tilskud til Økologisk jordbrug" });
        var rejected = await PostAsync(new TestMemo { HasBody = false });
        var client = _server.Messages;

        (await FoundAsync(client.FindMessagesAsync(sender: "0113705555"))).ShouldBe([wanted.Uuid]);
        (await FoundAsync(client.FindMessagesAsync(recipient: "90000017"))).ShouldBe([wanted.Uuid]);
        (await FoundAsync(client.FindMessagesAsync(contactPoint: "aabbccdd-1111-4222-8333-444455556666"))).ShouldBe([wanted.Uuid]);
        (await FoundAsync(client.FindMessagesAsync(label: "om tilskud til økologisk"))).ShouldBe([wanted.Uuid]);
        (await FoundAsync(client.FindMessagesAsync(label: "Om tilskud til økologisk jordbrug", sender: "0113705555"))).ShouldBe([wanted.Uuid]);
        (await FoundAsync(client.FindMessagesAsync(label: "økologisk"))).ShouldBeEmpty();
        (await FoundAsync(client.FindMessagesAsync(label: "om tilskud%"))).ShouldBeEmpty();
        (await FoundAsync(client.FindMessagesAsync(state: MessageState.REJECTED))).ShouldBe([rejected.Uuid]);
        (await FoundAsync(client.FindMessagesAsync(sender: "0113705555", state: MessageState.REJECTED))).ShouldBeEmpty();
        (await FoundAsync(client.FindMessagesAsync(sender: "%"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_title_is_found_that_was_kept_by_a_version_that_did_not_look_for_titles()
    {
        var folder = Directory.CreateTempSubdirectory("postmodtag-").FullName;
        var memo = new TestMemo { Label = "Åben høring om Søvej" };
        await using (var before = await TestServer.StartAsync(dataFolder: folder))
            (await before.PostAsync(memo.ToBytes())).StatusCode.ShouldBe(HttpStatusCode.OK);
        TestDatabase.Execute(folder, """
            DROP INDEX "IX_Messages_Summary_FoldedLabel";
            ALTER TABLE "Messages" DROP COLUMN "Summary_FoldedLabel";
            DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%FindByLabel';
            """);
        await using (var after = await TestServer.StartAsync(dataFolder: folder))
            (await FoundAsync(after.Messages.FindMessagesAsync(label: "åBEN HØRING om søvej"))).ShouldBe([memo.Uuid]);
        TestDatabase.Drop(folder);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_period_includes_its_beginning_and_not_its_end()
    {
        var memo = await PostAsync(new TestMemo());
        var client = _server.Messages;
        var received = (await client.FindMessagesAsync()).Result.Messages.Single().ReceivedAt;

        (await FoundAsync(client.FindMessagesAsync(receivedFrom: received))).ShouldBe([memo.Uuid]);
        (await FoundAsync(client.FindMessagesAsync(receivedFrom: received.ToOffset(TimeSpan.FromHours(2)), receivedBefore: received.AddMilliseconds(1)))).ShouldBe([memo.Uuid]);
        (await FoundAsync(client.FindMessagesAsync(receivedBefore: received))).ShouldBeEmpty();
        (await FoundAsync(client.FindMessagesAsync(receivedFrom: received.AddMilliseconds(1)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_are_whole_and_what_comes_in_meanwhile_shifts_nothing()
    {
        var sent = new List<Guid>();
        for (var i = 0; i < 5; i++)
            sent.Add((await PostAsync(new TestMemo())).Uuid);

        var found = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await _server.Messages.FindMessagesAsync(pageSize: 2, cursor: cursor)).Result;
            page.Messages.Count.ShouldBeLessThanOrEqualTo(2);
            found.AddRange(page.Messages.Select(message => message.MessageUUID));
            cursor = page.NextCursor;
            await PostAsync(new TestMemo());
        }
        while (cursor is not null);

        found.ShouldBe(Enumerable.Reverse(sent));
    }

    [Theory]
    [InlineData("pageSize=0")]
    [InlineData("pageSize=501")]
    [InlineData("pageSize=mange")]
    [InlineData("cursor=next")]
    [InlineData("state=LOST")]
    [InlineData("receivedFrom=yesterday")]
    [InlineData("sender=1%00")]
    [InlineData("receivedFrom=2026-11-23T10:00:00Z&receivedBefore=2026-11-22T10:00:00Z")]
    public async Task A_parameter_that_is_not_what_the_contract_says_is_a_400(string query)
    {
        using var response = await _server.Client.GetAsync($"messages?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.JsonAsync()).Text("code").ShouldBe("PARAMETER_INVALID");
    }

    [Fact]
    public async Task A_filter_longer_than_any_field_is_a_400()
    {
        using var response = await _server.Client.GetAsync($"messages?sender={new string('1', 257)}");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_nsøgning")]
    [InlineData("Ansøg%")]
    [InlineData("*")]
    [InlineData("' OR 1=1 --")]
    public async Task What_is_looked_for_is_letters_and_no_pattern(string term)
    {
        await _server.ReceiveAsync(new TestMemo { Label = "Ansøgning" });
        (await _server.Messages.FindMessagesAsync(label: "ansøg")).Result.Messages.Count.ShouldBe(1);

        (await _server.Messages.FindMessagesAsync(label: term)).Result.Messages.ShouldBeEmpty();
        (await _server.Messages.FindMessagesAsync(sender: term)).Result.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("label")]
    [InlineData("sender")]
    [InlineData("recipient")]
    [InlineData("contactPoint")]
    public async Task What_is_looked_for_is_no_longer_than_a_field_can_be(string filter)
    {
        (await _server.Client.GetAsync($"messages?{filter}={new string('x', 256)}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _server.Client.GetAsync($"messages?{filter}={new string('x', 257)}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_a_503_in_the_form_of_this_contract()
    {
        TestDatabase.Execute(_server.DataFolder, """ALTER TABLE "Messages" RENAME TO "Gone" """);

        using var response = await _server.Client.GetAsync("messages");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
        (await response.JsonAsync()).Text("code").ShouldBe("SERVER_UNAVAILABLE");
    }

    private async Task<TestMemo> PostAsync(TestMemo memo)
    {
        using var response = await _server.PostAsync(memo.ToBytes());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return memo;
    }

    private static async Task<IEnumerable<Guid>> FoundAsync(Task<AdministrationResponse<MessagePage>> page) =>
        (await page).Result.Messages.Select(message => message.MessageUUID);
}
