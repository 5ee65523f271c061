using System.Net;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Access;

/// <summary>The administration lets in programs by their keys and people by their tokens, to do what their roles and scopes say.</summary>
public sealed class AdministrationAccessTests : IAsyncLifetime, IDisposable
{
    private const string Fagsystem = """{"key":"sager","name":"N","owner":"O","kind":"INBOX"}""";
    private const string Decision = """{"action":"RETRY","reason":"Prøv igen"}""";

    private static readonly (string Method, string Path, string? Body)[] Readings =
    [
        ("GET", "messages", null), ("GET", "fields", null), ("GET", $"authorities/{Setup.Authority}/draft", null), ("GET", "fagsystemer", null),
        ("GET", "outbox", null), ("GET", "countdowns", null), ("GET", "audit", null),
    ];

    private static readonly (string Method, string Path, string? Body)[] Decisions = [("POST", $"messages/{Guid.Empty}/decision", Decision), ("POST", "outbox/1/retry", null)];

    private static readonly (string Method, string Path, string? Body)[] Settings =
    [
        ("PUT", $"authorities/{Setup.Authority}/draft", """{"rules":[]}"""), ("POST", $"authorities/{Setup.Authority}/publications", """{"comment":"C"}"""), ("POST", "fagsystemer", Fagsystem),
    ];

    private readonly AccessSettings _settings = new();
    private StandInOidc _provider = null!;

    public async Task InitializeAsync() => _provider = await StandInOidc.StartAsync();

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    public void Dispose() => _settings.Dispose();

    [Fact]
    public async Task Without_a_key_or_a_token_nobody_is_let_in()
    {
        await using var server = await _settings.WithKey("nøgle", "administrator", "*").StartAsync();
        foreach (var (method, path, body) in (IEnumerable<(string, string, string?)>)[.. Readings, .. Decisions, .. Settings])
        {
            using var response = await server.CallAsync(method, path, body, "*");
            response.Headers.WwwAuthenticate.Select(way => way.Scheme).ShouldBe(["ApiKey", "Bearer"]);
            await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, AdministrationProblemCode.NOT_AUTHENTICATED);
        }

        using var wrong = server.ClientWithKey("en anden");
        (await StatusAsync(wrong, "GET", "messages", null)).ShouldBe(HttpStatusCode.Unauthorized);
        using var hash = server.ClientWithKey(AccessSettings.Hash("nøgle"));
        (await StatusAsync(hash, "GET", "messages", null)).ShouldBe(HttpStatusCode.Unauthorized);
        using var atEndpoint = await server.PostAsync(new TestMemo().ToBytes());
        atEndpoint.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("læser", false, false)]
    [InlineData("Reader", false, false)]
    [InlineData("sagsbehandler", true, false)]
    [InlineData("administrator", true, true)]
    public async Task A_role_may_do_what_it_says_and_no_more(string role, bool mayDecide, bool maySetUp)
    {
        await using var server = await _settings.WithKey("key", role, "*").StartAsync();
        using var client = server.ClientWithKey("key");

        foreach (var (method, path, body) in Readings)
            (await StatusAsync(client, method, path, body)).ShouldBe(HttpStatusCode.OK, path);
        foreach (var (method, path, body) in Decisions)
            ((await StatusAsync(client, method, path, body)) != HttpStatusCode.Forbidden).ShouldBe(mayDecide, path);
        foreach (var (method, path, body) in Settings)
            ((await StatusAsync(client, method, path, body)) != HttpStatusCode.Forbidden).ShouldBe(maySetUp, path);
    }

    [Fact]
    public async Task A_scope_lets_do_that_one_thing()
    {
        await using var server = await _settings.WithScopes("key", "messages.read", "rules.write").StartAsync();
        using var client = server.ClientWithKey("key");
        (await StatusAsync(client, "GET", "messages", null)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, "PUT", $"authorities/{Setup.Authority}/draft", """{"rules":[]}""")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, "GET", $"authorities/{Setup.Authority}/draft", null)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(client, "GET", "audit", null)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_administrators_key_delivers_no_messages_and_a_callers_token_administers_nothing()
    {
        await using var server = await _settings.WithKey("key", "administrator", "*").WithCaller("ESDH", token: "token").StartAsync();
        using var administrator = server.ClientWithKey("key");
        using var refused = await administrator.PostMemoAsync();
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var caller = server.ClientWith("Bearer token");
        (await StatusAsync(caller, "GET", "messages", null)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("sagsbehandler", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("administrator", HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("chef", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task A_persons_token_counts_with_its_roles(string role, HttpStatusCode reading, HttpStatusCode writing)
    {
        await using var server = await PeopleAsync();
        using var client = server.ClientWith($"Bearer {_provider.Token(Person(role))}");
        (await StatusAsync(client, "GET", "messages", null)).ShouldBe(reading);
        (await StatusAsync(client, "PUT", $"authorities/{Setup.Authority}/draft", """{"rules":[]}""")).ShouldBe(writing);
    }

    [Fact]
    public async Task A_token_that_is_not_the_providers_or_not_for_this_server_or_over_does_not_count()
    {
        await using var server = await PeopleAsync();
        var person = Person("administrator");
        foreach (var token in new[]
                 {
                     _provider.Token(person, audience: "another"),
                     _provider.Token(person, expires: DateTime.UtcNow.AddMinutes(-10)),
                     _provider.Token(person, key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = "test" }),
                     _provider.Token(person, key: new SymmetricSecurityKey(new byte[32]) { KeyId = "test" }),
                     "no.token.atall",
                 })
        {
            using var client = server.ClientWith($"Bearer {token}");
            (await StatusAsync(client, "GET", "messages", null)).ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_key_and_a_token_together_are_the_keys_only()
    {
        _settings.WithKey("key", "læser", "*");
        await using var server = await PeopleAsync();
        using var client = server.ClientWithKey("key");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {_provider.Token(Person("administrator"))}");
        (await StatusAsync(client, "GET", "messages", null)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, "PUT", $"authorities/{Setup.Authority}/draft", """{"rules":[]}""")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_audit_trail_names_who_is_signed_in_whatever_the_call_says_of_itself()
    {
        _settings.WithKey("key", "administrator", "*");
        await using var server = await PeopleAsync();
        using var program = server.ClientWithKey("key");
        using var person = server.ClientWith($"Bearer {_provider.Token(Person("administrator"))}");
        var nameless = Person("administrator");
        nameless.Remove("preferred_username");
        using var other = server.ClientWith($"Bearer {_provider.Token(nameless)}");
        foreach (var client in new[] { program, person, other })
        {
            client.DefaultRequestHeaders.Add("x-Actor", "En anden");
            (await StatusAsync(client, "PUT", $"authorities/{Setup.Authority}/draft", """{"rules":[]}""")).ShouldBe(HttpStatusCode.OK);
        }

        (await new AuditClient(program).FindAuditEntriesAsync(Setup.Authority)).Result.Entries.Select(entry => entry.Actor).ShouldBe(["4711", "bente@kommunen.example", "program key"]);
    }

    [Fact]
    public async Task An_address_that_there_is_not_says_so_and_what_is_open_stays_open()
    {
        await using var server = await _settings.WithKey("key", "læser", "*").StartAsync();
        (await StatusAsync(server.Client, "GET", "nowhere", null)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(server.Client, "DELETE", "messages", null)).ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await StatusAsync(server.Client, "GET", "docs/postmodtag.openapi.yaml", null)).ShouldBe(HttpStatusCode.OK);
        (await server.Client.GetStringAsync("health/live")).ShouldBe("Healthy");
    }

    private Task<TestServer> PeopleAsync() =>
        _settings.With($"--PostModtag:Oidc:Authority={_provider.Authority}").With($"--PostModtag:Oidc:Audience={StandInOidc.Audience}").StartAsync();

    private static Dictionary<string, object> Person(string role) => new()
    {
        ["sub"] = "4711", ["preferred_username"] = "bente@kommunen.example", ["roles"] = new[] { role }, ["authorities"] = new[] { "*" },
    };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
