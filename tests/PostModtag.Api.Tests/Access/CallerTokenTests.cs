using System.Net;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Access;

/// <summary>At EP_FS1 a token lets in whose hash is on the list; with a certificate beside, where the entry asks for one.</summary>
[Operation("ReceiveMessage")]
public sealed class CallerTokenTests : IDisposable
{
    private const string Token = "et-hemmeligt-ord-æøå";
    private const string Other = "et-andet-ord";
    private const string Cvr = "90000009";

    private readonly AccessSettings _settings = new();

    public void Dispose() => _settings.Dispose();

    [Theory]
    [InlineData($"Holder-of-key {Token}", HttpStatusCode.OK)]
    [InlineData($"holder-of-key {Token}", HttpStatusCode.OK)]
    [InlineData($"Bearer {Token}", HttpStatusCode.OK)]
    [InlineData($"Basic {Token}", HttpStatusCode.Unauthorized)]
    [InlineData($"Bearer {Other}", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData(Token, HttpStatusCode.Unauthorized)]
    public async Task The_token_counts_after_Holder_of_key_and_after_Bearer(string authorization, HttpStatusCode status)
    {
        await using var server = await _settings.WithCaller("ESDH", token: Token).StartAsync();
        using var client = Utf8(server, authorization);
        using var response = await client.PostMemoAsync();
        response.StatusCode.ShouldBe(status);
        server.Log.Text.ShouldNotContain(Token);
        server.Log.Text.ShouldNotContain(Other);
    }

    [Fact]
    public async Task The_hash_is_no_token()
    {
        await using var server = await _settings.WithCaller("ESDH", token: Token).StartAsync();
        using var client = server.ClientWith($"Bearer {AccessSettings.Hash(Token)}");
        using var response = await client.PostMemoAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Where_both_are_set_both_are_needed()
    {
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr, token: "ord").StartAsync();
        using var good = _settings.Certificates.Organization($"NTRDK-{Cvr}");
        using var other = _settings.Certificates.Organization("NTRDK-90000008");

        (await StatusAsync(server.ClientWith(good, "Holder-of-key ord"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server.ClientWith(good))).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(server.ClientWith(other, "Holder-of-key ord"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(server.ClientWith(null, "Holder-of-key ord"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_certificate_that_is_enough_is_so_beside_a_token_that_nobody_knows()
    {
        await using var server = await _settings.WithTls().WithCaller("Serviceplatformen", cvr: Cvr).StartAsync();
        using var good = _settings.Certificates.Organization($"NTRDK-{Cvr}");
        (await StatusAsync(server.ClientWith(good, "Holder-of-key udstedt-for-en-time"))).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using (client)
        {
            using var response = await client.PostMemoAsync();
            return response.StatusCode;
        }
    }

    private static HttpClient Utf8(TestServer server, string authorization)
    {
        var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        return client;
    }
}
