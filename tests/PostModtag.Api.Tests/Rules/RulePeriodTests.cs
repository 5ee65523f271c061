using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>A rule counts from its first day to its last, both included, as days are in Denmark.</summary>
[Operation("ReceiveMessage")]
[Operation("ExplainMessage")]
[Operation("CheckDraft")]
public sealed class RulePeriodTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new(DateTimeOffset.Parse("2026-06-01T12:00:00Z", CultureInfo.InvariantCulture));
    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(services => services.AddSingleton<TimeProvider>(_clock));
        await _server.RegisterAsync("sommer");
        var rule = Setup.Rule("Sommer", "sommer");
        (rule.ValidFrom, rule.ValidUntil) = (new DateOnly(2026, 6, 10), new DateOnly(2026, 12, 31));
        await _server.PublishAsync(Setup.Rules(rule, Setup.Rule("Ellers", "indbakke")));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("2026-06-09T21:59:59Z", "indbakke")]
    [InlineData("2026-06-09T22:00:00Z", "sommer")]
    [InlineData("2026-06-10T12:00:00Z", "sommer")]
    [InlineData("2026-12-31T22:59:59Z", "sommer")]
    [InlineData("2026-12-31T23:00:00Z", "indbakke")]
    public async Task The_day_is_the_Danish_one_in_summer_and_in_winter(string moment, string fagsystem)
    {
        _clock.Now = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
        (await _server.ReceiveAsync(new TestMemo())).Summary.Fagsystem.ShouldBe(fagsystem);
    }

    [Fact]
    public async Task A_stored_message_is_explained_as_of_the_day_it_came()
    {
        _clock.Now = DateTimeOffset.Parse("2026-06-09T22:30:00Z", CultureInfo.InvariantCulture);
        var memo = new TestMemo();
        await _server.ReceiveAsync(memo);
        _clock.Now = DateTimeOffset.Parse("2027-03-01T12:00:00Z", CultureInfo.InvariantCulture);

        var explanation = (await _server.Explanations.ExplainMessageAsync(memo.Uuid)).Result;

        explanation.Day.ShouldBe(new DateOnly(2026, 6, 10));
        explanation.Decision.Rule.ShouldBe("Sommer");
        explanation.Tried.Single().IsInForce.ShouldBeTrue();
    }

    [Fact]
    public async Task An_uploaded_message_is_explained_as_of_today_and_a_rule_out_of_its_period_takes_nothing()
    {
        _clock.Now = DateTimeOffset.Parse("2026-12-31T23:00:00Z", CultureInfo.InvariantCulture);
        var explanation = (await _server.Explanations.ExplainAsync(Setup.Authority, new TestMemo().ToBytes(), "current")).Result;

        explanation.Day.ShouldBe(new DateOnly(2027, 1, 1));
        explanation.Tried.Select(rule => (rule.Rule, rule.IsInForce, rule.Takes)).ShouldBe([("Sommer", false, false), ("Ellers", true, true)]);
    }

    [Fact]
    public async Task The_impact_takes_each_message_as_of_the_day_it_came()
    {
        _clock.Now = DateTimeOffset.Parse("2026-06-09T12:00:00Z", CultureInfo.InvariantCulture);
        await _server.ReceiveAsync(new TestMemo());
        _clock.Now = DateTimeOffset.Parse("2026-06-10T12:00:00Z", CultureInfo.InvariantCulture);
        await _server.ReceiveAsync(new TestMemo());
        var impact = (await _server.Explanations.GetImpactAsync(Setup.Authority, "current")).Result;
        (impact.Examined, impact.Moved).ShouldBe((2, 0));
    }

    [Fact]
    public async Task A_period_that_is_over_is_said_of_the_draft_the_day_after()
    {
        await _server.Drafts.SaveDraftAsync((await _server.Drafts.GetDraftAsync(Setup.Authority)).Result.RuleSet, Setup.Authority, "*");
        _clock.Now = DateTimeOffset.Parse("2026-12-31T22:59:59Z", CultureInfo.InvariantCulture);
        (await CodesAsync()).ShouldNotContain("PeriodIsOver");
        _clock.Now = DateTimeOffset.Parse("2026-12-31T23:00:00Z", CultureInfo.InvariantCulture);
        (await CodesAsync()).ShouldContain("PeriodIsOver");
    }

    private async Task<IEnumerable<string>> CodesAsync() => (await _server.Drafts.CheckDraftAsync(Setup.Authority)).Result.Findings.Select(finding => finding.Code);
}
