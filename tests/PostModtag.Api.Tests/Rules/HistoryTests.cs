using System.Net;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

[Operation("FindPublications")]
[Operation("FindAuthorities")]
public sealed class HistoryTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Publications_come_the_newest_first_and_one_that_comes_meanwhile_shifts_no_page()
    {
        for (var i = 1; i <= 5; i++)
            await PublishAsync(Setup.Authority, i);
        await PublishAsync("90000002", 1);

        var first = await PageAsync(null);
        first.Publications.Select(publication => (publication.Number, publication.RuleCount, publication.IsCurrent)).ShouldBe([(5, 5, true), (4, 4, false)]);
        await _server.Publications.PublishRulesAsync(new PublicationRequest { Version = "2", Comment = "Tilbage til to" }, Setup.Authority, "*");
        var second = await PageAsync(first.NextCursor);
        second.Publications.Select(publication => publication.Number).ShouldBe([3, 2]);
        var third = await PageAsync(second.NextCursor);
        third.Publications.Select(publication => publication.Number).ShouldBe([1]);
        third.NextCursor.ShouldBeNull();

        var newest = (await PageAsync(null)).Publications[0];
        (newest.Number, newest.Republished, newest.RuleCount, newest.IsCurrent, newest.Comment).ShouldBe((6, 2, 2, true, "Tilbage til to"));
        newest.PublishedBy.ShouldBe("anonymous");
        newest.PublishedAt.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_authority_without_publications_has_an_empty_history() => (await PageAsync(null)).Publications.ShouldBeEmpty();

    [Fact]
    public async Task Authorities_that_have_rules_or_a_draft_come_by_CVR_number()
    {
        await PublishAsync("90000003", 1);
        await _server.Drafts.SaveDraftAsync(Setup.Rules(), "90000001", "*");
        await PublishAsync("90000002", 1);
        await _server.Drafts.SaveDraftAsync(Setup.Rules(), "90000002", "*");
        await _server.Drafts.SaveDraftAsync(Setup.Rules(), "90000004", "*");
        await _server.Drafts.DiscardDraftAsync("90000004", "*");
        await _server.Drafts.GetDraftAsync("90000005");

        var first = (await _server.Publications.FindAuthoritiesAsync(pageSize: 2)).Result;
        first.Authorities.Select(authority => (authority.Cvr, authority.CurrentVersion, authority.HasDraft)).ShouldBe([("90000001", null, true), ("90000002", 1, true)]);
        await _server.Drafts.SaveDraftAsync(Setup.Rules(), "10000000", "*");
        var second = (await _server.Publications.FindAuthoritiesAsync(pageSize: 2, cursor: first.NextCursor)).Result;
        second.Authorities.Select(authority => (authority.Cvr, authority.CurrentVersion, authority.HasDraft)).ShouldBe([("90000003", 1, false)]);
        second.NextCursor.ShouldBeNull();
    }

    [Theory]
    [InlineData("authorities?pageSize=0")]
    [InlineData("authorities?cursor=p1")]
    [InlineData("authorities/90000001/publications?pageSize=501")]
    [InlineData("authorities/90000001/publications?cursor=c31")]
    [InlineData("authorities/90000001/publications?cursor=pffffffff")]
    [InlineData("authorities/90000001/publications/en")]
    public async Task A_wrong_parameter_is_a_400(string path) =>
        await (await _server.CallAsync("GET", path)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.PARAMETER_INVALID);

    private async Task<PublicationPage> PageAsync(string? cursor) => (await _server.Publications.FindPublicationsAsync(Setup.Authority, 2, cursor)).Result;

    private async Task PublishAsync(string authority, int rules) => await _server.PublishAsync(
        Setup.Rules([.. Enumerable.Range(1, rules).Select(i => Setup.Rule($"Regel {i}", "indbakke", Setup.When("label", ConditionOperator.Equals, $"{i}")))]), authority);
}
