using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Api.Tests.Access;
using PostModtag.Api.Tests.Outbox;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Server;

/// <summary>Each code of the closed list can be provoked; a code without a row here fails the last test.</summary>
public sealed class AdministrationProblemCodeTests : IAsyncLifetime
{
    private const string Rules = $"authorities/{Setup.Authority}";
    private const string Retry = """{"action":"RETRY","reason":"Prøv igen"}""";

    private static readonly Dictionary<AdministrationProblemCode, (HttpStatusCode Status, Func<TestServer, Task<HttpResponseMessage>> Call)> Provoked = new()
    {
        [AdministrationProblemCode.NOT_AUTHENTICATED] = (HttpStatusCode.Unauthorized, _ => SignedInAsync(null, "messages")),
        [AdministrationProblemCode.NOT_PERMITTED] = (HttpStatusCode.Forbidden, _ => SignedInAsync("key", "authorities/90000002/draft")),
        [AdministrationProblemCode.TOO_MANY_CALLS] = (HttpStatusCode.TooManyRequests, _ => SignedInAsync("key", "fields", "fields", "fields")),
        [AdministrationProblemCode.PARAMETER_INVALID] = (HttpStatusCode.BadRequest, server => server.CallAsync("GET", "fagsystemer?pageSize=0")),
        [AdministrationProblemCode.BODY_INVALID] = (HttpStatusCode.BadRequest, server => server.CallAsync("PUT", $"{Rules}/draft", "{}", "*")),
        [AdministrationProblemCode.BODY_TOO_LARGE] = (HttpStatusCode.RequestEntityTooLarge, server => server.ImportAsync(Setup.Authority, new string('#', 10_000_001))),
        [AdministrationProblemCode.MEDIA_TYPE_NOT_SUPPORTED] = (HttpStatusCode.UnsupportedMediaType, server => server.CallAsync("POST", $"{Rules}/explanation", "{}")),
        [AdministrationProblemCode.NOT_FOUND] = (HttpStatusCode.NotFound, server => server.CallAsync("GET", $"{Rules}/publications/1")),
        [AdministrationProblemCode.METHOD_NOT_ALLOWED] = (HttpStatusCode.MethodNotAllowed, server => server.CallAsync("DELETE", "messages")),
        [AdministrationProblemCode.NOT_ACCEPTABLE] = (HttpStatusCode.NotAcceptable, server => server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "messages") { Headers = { Accept = { new("text/html") } } })),
        [AdministrationProblemCode.FAGSYSTEM_KEY_TAKEN] = (HttpStatusCode.Conflict, server => server.CallAsync("POST", "fagsystemer", """{"key":"indbakke","name":"N","owner":"O","kind":"INBOX"}""")),
        [AdministrationProblemCode.FAGSYSTEM_IN_USE] = (HttpStatusCode.Conflict, server => server.CallAsync("DELETE", "fagsystemer/indbakke", ifMatch: "*")),
        [AdministrationProblemCode.RULES_HAVE_ERRORS] = (HttpStatusCode.Conflict, async server =>
        {
            using var saved = await server.ImportAsync(Setup.Authority, "rules: []\notherwise: intet");
            return await server.CallAsync("POST", $"{Rules}/publications", """{"comment":"Fejler"}""", "*");
        }),
        [AdministrationProblemCode.NOTHING_TO_PUBLISH] = (HttpStatusCode.Conflict, server => server.CallAsync("POST", $"{Rules}/publications", """{"comment":"Intet"}""", "*")),
        [AdministrationProblemCode.MESSAGE_DECIDED] = (HttpStatusCode.Conflict, async server =>
        {
            var memo = new TestMemo();
            await server.ReceiveAsync(memo);
            return await server.CallAsync("POST", $"messages/{memo.Uuid}/decision", Retry);
        }),
        [AdministrationProblemCode.MESSAGE_BUSY] = (HttpStatusCode.Conflict, async server =>
        {
            var memo = new TestMemo();
            await using var turn = await server.Services.GetRequiredService<MessageTurns>().TakeAsync(memo.Uuid, TimeSpan.Zero);
            return await server.CallAsync("POST", $"messages/{memo.Uuid}/decision", Retry);
        }),
        [AdministrationProblemCode.OUTBOX_ENTRY_NOT_ENDED] = (HttpStatusCode.Conflict, async server =>
        {
            var memo = new TestMemo();
            await server.ReceiveAsync(memo);
            var entry = await server.RefuseCopyAsync(memo, "ukendt");
            await server.Outbox.RetryOutboxEntryAsync(entry);
            return await server.CallAsync("POST", $"outbox/{entry}/retry");
        }),
        [AdministrationProblemCode.CONTENTS_DELETED] = (HttpStatusCode.Gone, async server =>
        {
            var memo = new TestMemo();
            await server.ReceiveAsync(memo);
            TestDatabase.Execute(server.DataFolder, """UPDATE "Messages" SET "ContentsDeletedAt" = 1""");
            return await server.CallAsync("GET", $"messages/{memo.Uuid}/xml");
        }),
        [AdministrationProblemCode.PRECONDITION_FAILED] = (HttpStatusCode.PreconditionFailed, server => server.ImportAsync(Setup.Authority, "rules: []", "\"7\"")),
        [AdministrationProblemCode.PRECONDITION_REQUIRED] = (HttpStatusCode.PreconditionRequired, server => server.CallAsync("DELETE", $"{Rules}/draft")),
        [AdministrationProblemCode.MEMO_INVALID] = (HttpStatusCode.UnprocessableEntity, server => server.CallAsync("POST", $"{Rules}/explanation", "<memo/>", contentType: "application/xml")),
        [AdministrationProblemCode.SERVER_UNAVAILABLE] = (HttpStatusCode.ServiceUnavailable, async server =>
        {
            Break(server, "Authorities");
            return await server.CallAsync("GET", $"{Rules}/draft");
        }),
    };

    private TestServer _server = null!;

    public static TheoryData<AdministrationProblemCode> Codes => [.. Provoked.Keys];

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_code_can_be_provoked(AdministrationProblemCode code)
    {
        var (status, call) = Provoked[code];
        await (await call(_server)).ShouldBeProblemAsync(status, code);
    }

    [Theory]
    [InlineData("GET", "fagsystemer", null)]
    [InlineData("GET", "audit", null)]
    [InlineData("POST", "fagsystemer", """{"key":"ny","name":"N","owner":"O","kind":"INBOX"}""")]
    [InlineData("PUT", $"{Rules}/draft", """{"rules":[]}""")]
    public async Task A_database_that_does_not_answer_is_a_503_with_when_to_ask_again(string method, string path, string? body)
    {
        Break(_server, "Fagsystemer", "AuditEntries");
        using var response = await _server.CallAsync(method, path, body, "*");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
        await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, AdministrationProblemCode.SERVER_UNAVAILABLE);
    }

    [Fact]
    public async Task A_message_that_comes_while_the_rules_cannot_be_read_is_not_decided()
    {
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", "indbakke")));
        Break(_server, "Publications");
        var memo = new TestMemo();
        using var failed = await _server.PostAsync(memo.ToBytes());
        failed.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        TestDatabase.Execute(_server.DataFolder, """ALTER TABLE "PublicationsGone" RENAME TO "Publications" """);
        (await _server.ReceiveAsync(memo)).Routing!.Rule.ShouldBe("Alt");
    }

    [Fact]
    public async Task An_address_that_there_is_not_is_a_problem_too() =>
        await (await _server.CallAsync("GET", "nowhere")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);

    [Fact]
    public void Every_code_of_the_contract_is_provoked_here() =>
        Provoked.Keys.ShouldBe(Enum.GetValues<AdministrationProblemCode>(), ignoreOrder: true);

    /// <summary>The answer to the last of these calls, of a server that asks who makes them and lets each make two in a second.</summary>
    private static async Task<HttpResponseMessage> SignedInAsync(string? key, params string[] paths)
    {
        using var settings = new AccessSettings().WithKey("key", "administrator", "90000001").With("--PostModtag:Limits:CallsPerSecond=2");
        await using var server = await settings.StartAsync();
        using var client = server.ClientWithKey(key ?? "en anden");
        return (await Task.WhenAll(paths.Select(path => client.GetAsync(new Uri(path, UriKind.Relative))))).MaxBy(answer => answer.StatusCode)!;
    }

    private static void Break(TestServer server, params string[] tables)
    {
        foreach (var table in tables)
            TestDatabase.Execute(server.DataFolder, $"ALTER TABLE \"{table}\" RENAME TO \"{table}Gone\"");
    }
}
