using System.Net;
using System.Text;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>A message that is uploaded is asked about, and nothing of it is kept.</summary>
[Operation("ExplainMemo")]
public sealed class ExplainMemoTests : IAsyncLifetime
{
    private const string Path = $"authorities/{Setup.Authority}/explanation";

    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(settings: ["--PostModtag:MaxMessageBytes=300000", "--PostModtag:InlineContentBytes=1000", $"--PostModtag:ServedAuthorities:0={Setup.Authority}"]);
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Klager", "indbakke", Setup.When("label", ConditionOperator.Contains, "klage")), Setup.Rule("Alt", "indbakke")));
        await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("Kladde", "indbakke")), Setup.Authority, "*");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task It_is_explained_by_any_version_and_by_the_draft_when_none_is_named()
    {
        var memo = new TestMemo { Label = "Min klage" }.ToBytes();
        (await RuleAsync(memo, null)).ShouldBe(("draft", "Kladde"));
        (await RuleAsync(memo, "1")).ShouldBe(("1", "Klager"));
        (await RuleAsync(memo, "current")).ShouldBe(("1", "Klager"));
        await (await UploadAsync(memo, "2")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);
        await (await UploadAsync(memo, "ny")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.PARAMETER_INVALID);
    }

    [Fact]
    public async Task Each_condition_says_what_the_message_has_in_its_field()
    {
        var explanation = (await _server.Explanations.ExplainAsync(Setup.Authority, new TestMemo { Label = "Ansøgning" }.ToBytes(), "current")).Result;
        explanation.Day.ShouldBe(Application.Routing.DanishDay.Of(DateTimeOffset.UtcNow));
        var asked = explanation.Tried[0].Conditions.Single();
        (asked.Field, asked.Held, asked.Condition).ShouldBe(("label", false, "label contains klage"));
        asked.Values.ShouldBe(["Ansøgning"]);
        explanation.Decision.Rule.ShouldBe("Alt");
    }

    [Fact]
    public async Task Whoever_its_recipient_is()
    {
        (await RuleAsync(new TestMemo { RecipientId = "90000077" }.ToBytes(), "1")).ShouldBe(("1", "Alt"));
        (await RuleAsync(new TestMemo { RecipientId = "0113701234", RecipientIdType = "CPR" }.ToBytes(), "1")).ShouldBe(("1", "Alt"));
    }

    [Fact]
    public async Task Every_valid_example_is_explained()
    {
        foreach (var name in Examples.Valid.Where(name => name.Contains("1.2", StringComparison.Ordinal) && !name.StartsWith("utf", StringComparison.Ordinal)))
            (await RuleAsync(Examples.ReadValid(name), "draft")).Rule.ShouldBe("Kladde", name);
    }

    [Fact]
    public async Task Nothing_of_it_is_kept()
    {
        var before = Files();
        var memo = new TestMemo { Files = { ("stor.txt", "text/plain", new byte[150_000]) } };
        (await RuleAsync(memo.ToBytes(), "1")).Rule.ShouldBe("Alt");
        using var invalid = await UploadAsync(new TestMemo { Label = new string('x', 300), Files = { ("stor.txt", "text/plain", new byte[150_000]) } }.ToBytes());

        (await _server.Messages.FindMessagesAsync()).Result.Messages.ShouldBeEmpty();
        (await _server.CallAsync("GET", $"messages/{memo.MessageUuid}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Files().ShouldBe(before);
    }

    [Fact]
    public async Task One_that_EP_FS1_would_reject_is_a_422_that_names_the_places()
    {
        (await InvalidAsync(new TestMemo { Label = new string('x', 257), MessageType = "BREV" }.ToBytes()))
            .ShouldBe(["/memo:Message/memo:MessageHeader/memo:messageType", "/memo:Message/memo:MessageHeader/memo:label"]);
        (await InvalidAsync(new TestMemo { HasBody = false }.ToBytes())).Count.ShouldBe(1);
        (await InvalidAsync(new TestMemo { MessageUuid = "1" }.ToBytes())).ShouldBe(["/memo:Message/memo:MessageHeader/memo:messageUUID"]);
        (await InvalidAsync(new TestMemo().ToBytes()[..^20])).ShouldHaveSingleItem().ShouldStartWith("line ");
        (await InvalidAsync([])).Count.ShouldBe(1);
        foreach (var name in Examples.Invalid.Where(name => name.Contains("label", StringComparison.Ordinal)))
            (await InvalidAsync(Examples.ReadInvalid(name))).ShouldNotBeEmpty(name);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/xml; charset=findes-ikke")]
    public async Task One_that_is_not_declared_as_XML_is_a_415(string contentType) => await (await _server.CallAsync("POST", Path, new TestMemo().ToString(), contentType: contentType))
        .ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, AdministrationProblemCode.MEDIA_TYPE_NOT_SUPPORTED);

    [Fact]
    public async Task One_that_is_larger_than_the_server_takes_is_a_413() =>
        await (await UploadAsync(new TestMemo { Files = { ("stor.txt", "text/plain", new byte[300_000]) } }.ToBytes()))
            .ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, AdministrationProblemCode.BODY_TOO_LARGE);

    [Fact]
    public async Task Rules_that_cannot_be_asked_are_a_409_with_the_findings()
    {
        await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("R", "indbakke", Setup.When("label", ConditionOperator.Matches, "("))), Setup.Authority, "*");
        var problem = await (await UploadAsync(new TestMemo().ToBytes(), "draft")).ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.RULES_HAVE_ERRORS);
        problem.GetProperty("findings")[0].Text("code").ShouldBe("IllFormedValue");
    }

    private Task<HttpResponseMessage> UploadAsync(byte[] memo, string? version = null) =>
        _server.CallAsync("POST", Path + (version is null ? "" : $"?version={version}"), Encoding.UTF8.GetString(memo), contentType: "application/xml");

    private async Task<IReadOnlyList<string>> InvalidAsync(byte[] memo) =>
        (await (await UploadAsync(memo)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, AdministrationProblemCode.MEMO_INVALID)).Places();

    private async Task<(string? Version, string? Rule)> RuleAsync(byte[] memo, string? version)
    {
        var explanation = (await _server.Explanations.ExplainAsync(Setup.Authority, memo, version)).Result;
        return (explanation.Version, explanation.Decision.Rule);
    }

    /// <summary>The files of the data folder, but for what the database writes of its own accord.</summary>
    private List<string> Files() =>
        [.. Directory.EnumerateFiles(_server.DataFolder, "*", SearchOption.AllDirectories).Where(file => !file.Contains(".db", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
