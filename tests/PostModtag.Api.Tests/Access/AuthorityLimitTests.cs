using System.Net;
using PostModtag.Api.Tests.Outbox;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Access;

/// <summary>Who is limited to some authorities sees and changes the rules and the messages of these, and of no other.</summary>
public sealed class AuthorityLimitTests : IAsyncLifetime, IDisposable
{
    private const string Own = "90000001";
    private const string Other = "90000002";
    private const string Retry = """{"action":"RETRY","reason":"Prøv igen"}""";

    private readonly AccessSettings _settings = new();
    private readonly TestMemo _own = new() { RecipientId = Own };
    private readonly TestMemo _other = new() { RecipientId = Other };
    private TestServer _server = null!;
    private HttpClient _all = null!;
    private HttpClient _limited = null!;

    public async Task InitializeAsync()
    {
        _server = await _settings.WithCaller("Afsender", token: "token").WithKey("all", "administrator", "*").WithKey("limited", "administrator", Own).StartAsync();
        (_all, _limited) = (_server.ClientWithKey("all"), _server.ClientWithKey("limited"));

        // The indbakke takes nothing, so that there is something to decide.
        await new FagsystemerClient(_all).ChangeFagsystemAsync(
            new FagsystemChange { Name = "Indbakke", Owner = "O", Kind = FagsystemKind.INBOX, State = FagsystemState.PAUSED }, "indbakke", "*");
        using var sender = _server.ClientWith("Bearer token");
        foreach (var memo in new[] { _own, _other })
        {
            await new DraftsClient(_all).SaveDraftAsync(Setup.Everything("indbakke"), memo.RecipientId, "*");
            await new PublicationsClient(_all).PublishRulesAsync(new PublicationRequest { Comment = "Til en test" }, memo.RecipientId, "*");
            using var sent = await sender.PostMemoAsync(memo);
            sent.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _all.Dispose();
        _limited.Dispose();
        _settings.Dispose();
    }

    [Theory]
    [InlineData("GET", "messages/{0}", null)]
    [InlineData("GET", "messages/{0}/xml", null)]
    [InlineData("GET", "messages/{0}/files/1", null)]
    [InlineData("GET", "messages/{0}/explanation", null)]
    [InlineData("POST", "messages/{0}/decision", Retry)]
    public async Task A_message_to_another_authority_is_not_there(string method, string path, string? body)
    {
        (await StatusAsync(_limited, method, path.Replace("{0}", _other.MessageUuid), body)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(_limited, method, path.Replace("{0}", _own.MessageUuid), body)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(_all, method, path.Replace("{0}", _other.MessageUuid), body)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "draft", null)]
    [InlineData("PUT", "draft", """{"rules":[]}""")]
    [InlineData("DELETE", "draft", null)]
    [InlineData("GET", "draft/findings", null)]
    [InlineData("GET", "file", null)]
    [InlineData("PUT", "draft/file", "rules: []")]
    [InlineData("POST", "draft/file/differences", "rules: []")]
    [InlineData("GET", "differences", null)]
    [InlineData("GET", "publications", null)]
    [InlineData("POST", "publications", """{"comment":"C","version":"1"}""")]
    [InlineData("GET", "publications/1", null)]
    [InlineData("GET", "impact", null)]
    [InlineData("POST", "explanation", "<x/>")]
    public async Task The_rules_of_another_authority_are_not_permitted(string method, string path, string? body)
    {
        (await StatusAsync(_limited, method, $"authorities/{Other}/{path}", body)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(_limited, method, $"authorities/{Own}/{path}", body)).ShouldNotBe(HttpStatusCode.Forbidden);
        (await StatusAsync(_all, method, $"authorities/{Other}/{path}", body)).ShouldNotBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("POST", "fagsystemer", """{"key":"ny","name":"N","owner":"O","kind":"INBOX"}""")]
    [InlineData("PUT", "fagsystemer/indbakke", """{"name":"N","owner":"O","kind":"INBOX","state":"ACTIVE"}""")]
    [InlineData("DELETE", "fagsystemer/indbakke", null)]
    [InlineData("PUT", "fagsystemer/indbakke/credential", """{"token":"t"}""")]
    [InlineData("DELETE", "fagsystemer/indbakke/credential", null)]
    public async Task What_is_of_all_authorities_is_not_permitted(string method, string path, string? body)
    {
        (await StatusAsync(_limited, method, path, body)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(_all, method, path, body)).ShouldNotBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Lists_have_what_is_of_these_authorities_only()
    {
        (await new MessagesClient(_limited).FindMessagesAsync()).Result.Messages.Select(message => message.MessageUUID).ShouldBe([_own.Uuid]);
        (await new MessagesClient(_limited).FindMessagesAsync(recipient: Other)).Result.Messages.ShouldBeEmpty();
        (await new MessagesClient(_all).FindMessagesAsync()).Result.Messages.Count.ShouldBe(2);
        (await new PublicationsClient(_limited).FindAuthoritiesAsync()).Result.Authorities.Select(authority => authority.Cvr).ShouldBe([Own]);
        (await new PublicationsClient(_all).FindAuthoritiesAsync()).Result.Authorities.Count.ShouldBe(2);
        (await new CountdownsClient(_limited).GetCountdownsAsync()).Result.Countdowns.Select(countdown => countdown.Authority).ShouldBe([Own]);
        (await new CountdownsClient(_all).GetCountdownsAsync()).Result.Countdowns.Count.ShouldBe(3);
        var entries = (await new AuditClient(_limited).FindAuditEntriesAsync()).Result.Entries;
        entries.ShouldNotBeEmpty();
        entries.ShouldAllBe(entry => entry.Authority == Own);
        (await new AuditClient(_limited).FindAuditEntriesAsync(Other)).Result.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_decision_on_many_passes_the_others_over_and_is_in_the_audit_trail_of_its_authority()
    {
        var listed = (await new MessagesClient(_limited).DecideMessagesAsync(new MessageDecisions
        {
            Action = MessageDecisionsAction.REJECT, Reason = "Ikke vores", Messages = [_other.Uuid, _own.Uuid],
        })).Result;
        listed.Messages.Select(message => (message.Outcome, message.Code)).ShouldBe(
            [(DecidedMessageOutcome.REFUSED, (AdministrationProblemCode?)AdministrationProblemCode.NOT_FOUND), (DecidedMessageOutcome.REJECTED, null)]);

        var found = (await new MessagesClient(_limited).DecideMessagesAsync(new MessageDecisions
        {
            Action = MessageDecisionsAction.REJECT, Reason = "Ikke vores", Filter = new MessageSelection { Fagsystem = "indbakke" },
        })).Result;
        found.Messages.ShouldBeEmpty();
        (await new MessagesClient(_all).GetMessageAsync(_other.Uuid)).Result.Receipt.ShouldBeNull();
        (await new AuditClient(_limited).FindAuditEntriesAsync()).Result.Entries.ElementAt(0).Action.ShouldBe(AuditAction.MESSAGE_REJECTED);
    }

    [Fact]
    public async Task The_outbox_has_what_is_of_their_messages_only()
    {
        foreach (var memo in new[] { _own, _other })
            await new MessagesClient(_all).DecideMessageAsync(new MessageDecision { Action = MessageDecisionAction.REJECT, Reason = "Ikke vores" }, memo.Uuid);
        var (own, other) = (await _server.RefuseCopyAsync(_own, "ukendt"), await _server.RefuseCopyAsync(_other, "ukendt"));

        (await new OutboxClient(_limited).FindOutboxEntriesAsync()).Result.Entries.Select(entry => entry.Id).ShouldBe([own]);
        (await new OutboxClient(_all).FindOutboxEntriesAsync()).Result.Entries.Count.ShouldBe(2);
        (await StatusAsync(_limited, "POST", $"outbox/{other}/retry", null)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(_limited, "POST", $"outbox/{own}/retry", null)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(new[] { Own }, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData(new[] { Own, Other }, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData(new[] { "*" }, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData(new string[0], HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task A_persons_token_names_the_authorities_and_without_them_there_are_none(string[] authorities, HttpStatusCode own, HttpStatusCode other)
    {
        await using var provider = await StandInOidc.StartAsync();
        await using var server = await TestServer.StartAsync(settings: [$"--PostModtag:Oidc:Authority={provider.Authority}", $"--PostModtag:Oidc:Audience={StandInOidc.Audience}"]);
        var claims = new Dictionary<string, object> { ["sub"] = "4711", ["roles"] = "læser" };
        if (authorities.Length > 0)
            claims["authorities"] = authorities;
        using var client = server.ClientWith($"Bearer {provider.Token(claims)}");
        (await StatusAsync(client, "GET", $"authorities/{Own}/draft", null)).ShouldBe(own);
        (await StatusAsync(client, "GET", $"authorities/{Other}/draft", null)).ShouldBe(other);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, body[0] == '{' ? "application/json" : body[0] == '<' ? "application/xml" : "application/yaml");
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
