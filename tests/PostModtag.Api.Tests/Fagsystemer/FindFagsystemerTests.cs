using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Fagsystemer;

[Operation("FindFagsystemer")]
public sealed class FindFagsystemerTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task They_come_by_key_and_one_that_comes_or_goes_meanwhile_shifts_no_page()
    {
        foreach (var key in new[] { "d", "b", "f", "a-1", "a" })
            await _server.RegisterAsync(key);

        var first = (await _server.Fagsystemer.FindFagsystemerAsync(pageSize: 2)).Result;
        first.Fagsystemer.Select(fagsystem => fagsystem.Key).ShouldBe(["a", "a-1"]);
        await _server.RegisterAsync("0");
        await _server.Fagsystemer.RemoveFagsystemAsync("a-1", "*");
        await _server.RegisterAsync("e");
        var second = (await _server.Fagsystemer.FindFagsystemerAsync(pageSize: 2, cursor: first.NextCursor)).Result;
        second.Fagsystemer.Select(fagsystem => fagsystem.Key).ShouldBe(["b", "d"]);
        var third = (await _server.Fagsystemer.FindFagsystemerAsync(pageSize: 3, cursor: second.NextCursor)).Result;
        third.Fagsystemer.Select(fagsystem => fagsystem.Key).ShouldBe(["e", "f", "indbakke"]);
        third.NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task The_state_filters()
    {
        await _server.RegisterAsync("sover");
        await _server.Fagsystemer.ChangeFagsystemAsync(
            new FagsystemChange { Name = "Sover", Owner = "O", Kind = FagsystemKind.INBOX, State = FagsystemState.PAUSED }, "sover", "*");
        (await KeysAsync(FagsystemState.PAUSED)).ShouldBe(["sover"]);
        (await KeysAsync(FagsystemState.ACTIVE)).ShouldBe(["indbakke"]);
        (await KeysAsync(FagsystemState.RETIRED)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pageSize=0")]
    [InlineData("pageSize=501")]
    [InlineData("pageSize=ti")]
    [InlineData("cursor=a61x")]
    [InlineData("cursor=p1")]
    [InlineData("state=SOVER")]
    public async Task A_wrong_parameter_is_a_400(string query) => await (await _server.CallAsync("GET", $"fagsystemer?{query}"))
        .ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.PARAMETER_INVALID);

    private async Task<IEnumerable<string>> KeysAsync(FagsystemState state) =>
        (await _server.Fagsystemer.FindFagsystemerAsync(state)).Result.Fagsystemer.Select(fagsystem => fagsystem.Key);
}
