using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Fagsystemer;

/// <summary>A body that is not what the contract says is refused with the place, and nothing is registered or changed.</summary>
[Operation("RegisterFagsystem")]
[Operation("ChangeFagsystem")]
public sealed class FagsystemBodyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer _server = shared.Server;

    public static TheoryData<string, string> Bodies => new()
    {
        { """{"key":"KEY","name":"N","owner":"O","kind":"INBOX","colour":"red"}""", "colour" },
        { """{"key":"KEY","name":"N","owner":"O"}""", "body" },
        { """{"name":"N","owner":"O","kind":"INBOX"}""", "body" },
        { """{"key":null,"name":"N","owner":"O","kind":"INBOX"}""", "key" },
        { """{"key":"KEY","name":null,"owner":"O","kind":"INBOX"}""", "name" },
        { """{"key":"KEY","name":7,"owner":"O","kind":"INBOX"}""", "name" },
        { """{"key":"KEY","name":"N","owner":["O"],"kind":"INBOX"}""", "owner" },
        { """{"key":"KEY","name":"N","owner":"O","kind":"POSTHUS"}""", "kind" },
        { """{"key":"KEY","name":"N","owner":"O","kind":0}""", "kind" },
        { """{"key":"KEY","name":"N","owner":"O","kind":99}""", "kind" },
        { """{"key":"KEY","name":"N","owner":"O","kind":null}""", "kind" },
        { """{"key":"KEY","name":"N","owner":"O","kind":"INBOX,HANDLER"}""", "kind" },
        { """{"key":"KEY","name":"N","name":"M","owner":"O","kind":"INBOX"}""", "name" },
        { """{"key":"KEY","name":"N","owner":"O","kind":"INBOX","systemIds":"S"}""", "systemIds" },
        { """{"key":"KEY","name":"N","owner":"O","kind":"INBOX","systemIds":[null]}""", "systemIds[0]" },
        { """{"key":"KEY","name":"N","owner":"O","kind":"INBOX","systemIds":["S",""]}""", "systemIds[1]" },
        { """{"key":"KEY","name":"a\u0000b","owner":"O","kind":"INBOX"}""", "name" },
        { """{"key":"KEY","name":"a\ud800b","owner":"O","kind":"INBOX"}""", "name" },
        { """{"key":"KEY","name":"N","owner":"O","kind":"INBOX","systemIds":["a\u0000b"]}""", "systemIds[0]" },
        { """{"key":"KEY","name":"","owner":"O","kind":"INBOX"}""", "name" },
        { """{"key":"KEY","name":"  ","owner":"O","kind":"INBOX"}""", "name" },
        { """{"key":"KEY","name":"N","owner":"to\nlinjer","kind":"INBOX"}""", "owner" },
        { """{"key":"Stort","name":"N","owner":"O","kind":"INBOX"}""", "key" },
        { """{"key":"-a","name":"N","owner":"O","kind":"INBOX"}""", "key" },
        { """{"key":"æ","name":"N","owner":"O","kind":"INBOX"}""", "key" },
        { """{"key":"a b","name":"N","owner":"O","kind":"INBOX"}""", "key" },
        { """{"key":"","name":"N","owner":"O","kind":"INBOX"}""", "key" },
        { """{"key":"KEY","name":"N","owner":"O","kind":"INBOX" """, "body" },
        { "[]", "body" },
        { "null", "body" },
        { "", "body" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_wrong_body_is_a_400_that_names_the_place(string body, string place)
    {
        var key = shared.NewKey();
        var response = await _server.CallAsync("POST", "fagsystemer", body.Replace("KEY", key, StringComparison.Ordinal));

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID);
        problem.Places().ShouldContain(place);
        problem.GetProperty("errors").EnumerateArray().ShouldAllBe(error => error.Text("message") != "");
        using var read = await _server.CallAsync("GET", $"fagsystemer/{key}");
        read.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("key", 65)]
    [InlineData("name", 257)]
    [InlineData("owner", 257)]
    [InlineData("systemIds", 257)]
    public async Task What_is_longer_than_the_contract_says_is_refused_and_what_is_as_long_is_taken(string property, int tooLong)
    {
        (await RegisterAsync(property, tooLong)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await RegisterAsync(property, tooLong - 1)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Fifty_system_ids_are_taken_and_fifty_one_are_not()
    {
        var (key, other) = (shared.NewKey(), shared.NewKey());
        await _server.RegisterAsync(key, [.. Enumerable.Range(0, 50).Select(i => $"{key}-{i}")]);
        var ids = string.Join(',', Enumerable.Range(0, 51).Select(i => $"\"{other}-{i}\""));
        var response = await _server.CallAsync("POST", "fagsystemer", $$"""{"key":"{{other}}","name":"{{other}} navn","owner":"O","kind":"INBOX","systemIds":[{{ids}}]}""");
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places().ShouldBe(["systemIds"]);
    }

    [Theory]
    [InlineData("""{"name":"N","owner":"O","kind":"INBOX"}""", "body")]
    [InlineData("""{"name":"N","owner":"O","kind":"INBOX","state":"SOVER"}""", "state")]
    [InlineData("""{"name":"N","owner":"O","kind":"INBOX","state":1}""", "state")]
    [InlineData("""{"key":"ny","name":"N","owner":"O","kind":"INBOX","state":"ACTIVE"}""", "key")]
    [InlineData("""{"name":"Indbakke","owner":"O","kind":"INBOX","state":"ACTIVE"}""", "name")]
    [InlineData("""{"name":"N","owner":"O","kind":"HANDLER","state":"ACTIVE"}""", "kind")]
    public async Task A_wrong_change_is_a_400_that_names_the_place_and_changes_nothing(string body, string place)
    {
        var fagsystem = await _server.RegisterAsync(shared.NewKey());
        var response = await _server.CallAsync("PUT", $"fagsystemer/{fagsystem.Key}", body, "*");

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID)).Places().ShouldContain(place);
        (await _server.Fagsystemer.GetFagsystemAsync(fagsystem.Key)).Result.Name.ShouldBe(fagsystem.Name);
    }

    [Fact]
    public async Task A_body_that_is_not_declared_as_JSON_is_a_415()
    {
        var response = await _server.CallAsync("POST", "fagsystemer", "<fagsystem/>", contentType: "application/xml");
        await response.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, AdministrationProblemCode.MEDIA_TYPE_NOT_SUPPORTED);
    }

    private Task<HttpResponseMessage> RegisterAsync(string property, int length)
    {
        var key = shared.NewKey();
        var text = key + new string('x', length - key.Length);
        return _server.CallAsync("POST", "fagsystemer",
            $$"""{"key":"{{(property == "key" ? text : key)}}","name":"{{(property == "name" ? text : key + " navn")}}","owner":"{{(property == "owner" ? text : "O")}}","kind":"INBOX","systemIds":["{{(property == "systemIds" ? text : key + " id")}}"]}""");
    }
}
