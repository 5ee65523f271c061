using System.Net;
using System.Text.Json;
using PostModtag.Api.Tests.Deliveries;
using PostModtag.Application.Routing;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Retention;

/// <summary>A message's contents go when the settings say, and later all of it; who asks is told, and the audit trail and the log say so.</summary>
public sealed class RetentionTests
{
    private static readonly string[] Settings =
    [
        "--PostModtag:Retention:ContentsDays=10", "--PostModtag:Retention:MetadataDays=40", "--PostModtag:Retention:Authorities:90000002:ContentsDays=20",
    ];

    [Fact]
    public async Task Contents_go_first_and_the_rest_later_each_in_its_authoritys_time()
    {
        await using var delivering = await Delivering.StartAsync(settings: Settings);
        var (memo, other) = (new TestMemo(), new TestMemo { RecipientId = "90000002" });
        await delivering.PostAsync(memo);
        await delivering.PostAsync(other);
        var receipt = (await delivering.PostAsync(memo)).Body;

        delivering.Clock.Now += TimeSpan.FromDays(10) + TimeSpan.FromMinutes(1);
        var deleted = await delivering.UntilAsync(memo, message => message.ContentsDeletedAt is not null);
        deleted.ContentsDeletedAt.ShouldBe(delivering.Clock.Now);
        (deleted.Summary.Label, deleted.Files.Count, deleted.Receipt!.ReceiptStatus).ShouldBe((memo.Label, 1, "COMPLETED"));
        (await delivering.GetAsync(other)).ContentsDeletedAt.ShouldBeNull();
        foreach (var path in new[] { "xml", "files/1" })
            (await GoneAsync(delivering, $"messages/{memo.MessageUuid}/{path}")).ShouldBe(("CONTENTS_DELETED", $"Its authority keeps them no longer; they were deleted on {delivering.Clock.Now:yyyy-MM-dd HH:mm} UTC. What else is known of the message is still there."));
        (await delivering.Server.Client.GetAsync($"messages/{memo.MessageUuid}/files/7")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await delivering.Server.Client.GetAsync($"messages/{memo.MessageUuid}/explanation")).StatusCode.ShouldBe(HttpStatusCode.OK);

        // Sent again it is known still: the same receipt, and its fagsystem is not asked.
        var calls = delivering.Calls.Count();
        (await delivering.PostAsync(memo)).Body.ShouldBe(receipt);
        delivering.Calls.Count().ShouldBe(calls);

        delivering.Clock.Now += TimeSpan.FromDays(10);
        await delivering.UntilAsync(other, message => message.ContentsDeletedAt is not null);
        delivering.Clock.Now += TimeSpan.FromDays(20);
        await Eventually.BeSoAsync(async () => (await delivering.Server.Client.GetAsync($"messages/{memo.MessageUuid}")).StatusCode == HttpStatusCode.NotFound);

        var entries = (await delivering.Server.Client.GetStringAsync("audit/export")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).Where(entry => entry.GetProperty("actor").GetString() == "retention");
        entries.Select(entry => (entry.GetProperty("action").GetString(), entry.GetProperty("authority").GetString(), entry.GetProperty("detail").GetString())).Take(2).ShouldBe(
        [
            ("CONTENTS_DELETED", null, "XML and files of 1 messages of all others, 10 days after their final receipt"),
            ("CONTENTS_DELETED", "90000002", "XML and files of 1 messages of authority 90000002, 20 days after their final receipt"),
        ]);
        entries.Select(entry => entry.GetProperty("detail").GetString()).ShouldContain("1 messages of all others, 40 days after their final receipt");
        delivering.Server.Log.Lines.ShouldContain(line => line.Contains("[150]", StringComparison.Ordinal) && line.Contains("of authority 90000002: 0 messages, and XML and files of 1 others", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_an_hour_nothing_is_deleted_at_another()
    {
        await using var delivering = await Delivering.StartAsync(settings: [.. Settings, "--PostModtag:Retention:Hour=3"]);
        var memo = new TestMemo();
        await delivering.PostAsync(memo);

        // Due since two days, at twenty past two in Denmark. The clock goes on until it is deleted.
        delivering.Clock.Now = DanishDay.Begin(DanishDay.Of(delivering.Clock.Now).AddDays(12)).AddHours(2).AddMinutes(20);
        await Eventually.BeSoAsync(async () =>
        {
            delivering.Clock.Now += TimeSpan.FromSeconds(30);
            return (await delivering.GetAsync(memo)).ContentsDeletedAt is not null;
        });

        DanishDay.ClockOf((await delivering.GetAsync(memo)).ContentsDeletedAt!.Value).Hour.ShouldBe(3);
    }

    [Theory]
    [InlineData("Retention:Hour=24", "PostModtag:Retention:Hour must be an hour of the day from 0 to 23, or left out for every hour.")]
    [InlineData("Retention:ContentsDays=0", "PostModtag:Retention:ContentsDays must be a number of days from 1 to 36500.")]
    [InlineData("Retention:MetadataDays=29", "PostModtag:Retention:MetadataDays must be a number of days from 30 to 36500: a message that is sent again must be known.")]
    [InlineData("Retention:Authorities:9000:ContentsDays=10", "PostModtag:Retention:Authorities:9000 must be named by a CVR number of 8 digits.")]
    [InlineData("Retention:Authorities:90000001:MetadataDays=7", "PostModtag:Retention:Authorities:90000001:MetadataDays must be a number of days from 30 to 36500: a message that is sent again must be known.")]
    public async Task Times_that_cannot_be_stop_the_start_and_say_what_can_be(string setting, string sentence)
    {
        var refused = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => TestServer.StartAsync(settings: $"--PostModtag:{setting}"));
        refused.Failures.ShouldContain(sentence);
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task Tables_are_rewritten_on_PostgreSQL_only()
    {
        var refused = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => TestServer.StartAsync(settings: "--PostModtag:Retention:RewriteTables=true"));
        refused.Failures.ShouldContain("PostModtag:Retention:RewriteTables is for PostgreSQL; with SQLite leave it out: what is deleted there is overwritten.");
    }

    [Fact]
    public async Task Contents_cannot_be_kept_longer_than_their_messages()
    {
        var refused = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => TestServer.StartAsync(settings: ["--PostModtag:Retention:ContentsDays=60", "--PostModtag:Retention:MetadataDays=50"]));
        refused.Failures.ShouldContain("PostModtag:Retention:ContentsDays must not be more than MetadataDays, with which the contents go.");
    }

    private static async Task<(string? Code, string? Detail)> GoneAsync(Delivering delivering, string path)
    {
        using var answer = await delivering.Server.Client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.Gone);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return (problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString());
    }
}
