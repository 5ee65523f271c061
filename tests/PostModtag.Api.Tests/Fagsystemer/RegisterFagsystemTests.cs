using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Fagsystemer;

[Operation("RegisterFagsystem")]
[Operation("GetFagsystem")]
public sealed class RegisterFagsystemTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    [Fact]
    public async Task What_was_registered_is_answered_and_can_be_read_at_its_address()
    {
        var key = shared.NewKey();
        using var response = await _server.CallAsync("POST", "fagsystemer",
            $$"""{"key":"{{key}}","name":"Byggesag {{key}}","owner":"Teknik og Miljø","kind":"INBOX","systemIds":["5A-{{key}}"]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.Location!.ToString().ShouldBe($"/fagsystemer/{key}");
        var read = await _server.Fagsystemer.GetFagsystemAsync(key);
        read.ETag().ShouldBe(response.ETag());
        read.Result.Name.ShouldBe($"Byggesag {key}");
        read.Result.Owner.ShouldBe("Teknik og Miljø");
        read.Result.Kind.ShouldBe(FagsystemKind.INBOX);
        read.Result.State.ShouldBe(FagsystemState.ACTIVE);
        read.Result.SystemIds.ShouldBe([$"5A-{key}"]);
        read.Result.RegisteredAt.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        read.Result.ChangedAt.ShouldBe(read.Result.RegisteredAt);
        (await response.JsonAsync()).Text("key").ShouldBe(key);
    }

    [Fact]
    public async Task The_indbakke_is_there_from_the_start()
    {
        var indbakke = (await _server.Fagsystemer.GetFagsystemAsync("indbakke")).Result;
        indbakke.Kind.ShouldBe(FagsystemKind.INBOX);
        indbakke.State.ShouldBe(FagsystemState.ACTIVE);
    }

    [Fact]
    public async Task A_key_that_another_has_is_refused_and_the_other_stays_as_it_is()
    {
        var first = await _server.RegisterAsync(shared.NewKey());
        var response = await _server.CallAsync("POST", "fagsystemer", $$"""{"key":"{{first.Key}}","name":"En anden","owner":"Nogen","kind":"INBOX"}""");

        await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.FAGSYSTEM_KEY_TAKEN);
        (await _server.Fagsystemer.GetFagsystemAsync(first.Key)).Result.Name.ShouldBe(first.Name);
    }

    [Fact]
    public async Task A_name_or_system_id_that_calls_another_already_is_refused_whatever_the_letter_case()
    {
        var other = await _server.RegisterAsync(shared.NewKey(), "ESDH-" + shared.NewKey());
        var key = shared.NewKey();

        var response = await _server.CallAsync("POST", "fagsystemer",
            $$"""{"key":"{{key}}","name":"{{other.Name.ToUpperInvariant()}}","owner":"Nogen","kind":"INBOX","systemIds":["fri-{{key}}","{{other.SystemIds[0].ToLowerInvariant()}}","{{other.Key}}"]}""");

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID))
            .Places().ShouldBe(["name", "systemIds[1]", "systemIds[2]"]);
    }

    [Fact]
    public async Task A_key_that_is_another_ones_system_id_is_refused()
    {
        var key = shared.NewKey();
        await _server.RegisterAsync(shared.NewKey(), key);
        var response = await _server.CallAsync("POST", "fagsystemer", $$"""{"key":"{{key}}","name":"Frit navn {{key}}","owner":"Nogen","kind":"INBOX"}""");
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places().ShouldBe(["key"]);
    }

    [Fact]
    public async Task A_handler_that_this_process_does_not_have_is_refused()
    {
        var response = await _server.CallAsync("POST", "fagsystemer", $$"""{"key":"{{shared.NewKey()}}","name":"Uden kode","owner":"Nogen","kind":"HANDLER"}""");
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places().ShouldBe(["kind"]);
    }

    [Fact]
    public async Task One_that_is_not_registered_is_a_404() =>
        await (await _server.CallAsync("GET", "fagsystemer/intet")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);

    [Fact]
    public async Task Many_at_once_are_all_registered()
    {
        var keys = Enumerable.Range(0, 40).Select(_ => shared.NewKey()).ToList();
        var made = await Task.WhenAll(keys.Select(key => _server.RegisterAsync(key)));
        made.Select(fagsystem => fagsystem.Key).ShouldBe(keys);
    }

    [Fact]
    public async Task Of_many_at_once_with_the_same_key_one_is_registered()
    {
        var key = shared.NewKey();
        var body = $$"""{"key":"{{key}}","name":"Navn {{key}}","owner":"Nogen","kind":"INBOX"}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _server.CallAsync("POST", "fagsystemer", body)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
    }
}
