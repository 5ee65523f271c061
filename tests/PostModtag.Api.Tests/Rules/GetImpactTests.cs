using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>Which of the last days' messages would go elsewhere, from where to where.</summary>
[Operation("GetImpact")]
public sealed class GetImpactTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new(DateTimeOffset.UtcNow);
    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(services => services.AddSingleton<TimeProvider>(_clock));
        await _server.RegisterAsync("a");
        await _server.RegisterAsync("b");
        await _server.PublishAsync(Setup.Rules(Setup.Rule("A", "a", Setup.When("label", ConditionOperator.Equals, "a")), Setup.Rule("Flyttes", "a", Setup.When("label", ConditionOperator.Equals, "flyttes"))));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task It_counts_and_lists_what_would_move_also_to_and_from_being_rejected()
    {
        await SendAsync("a", "flyttes", "flyttes", "ingen", "ingen", "flyttes");
        await _server.ReceiveAsync(new TestMemo { Label = new string('x', 257) });
        await _server.ReceiveAsync(new TestMemo { Label = "flyttes", HasBody = false });
        await _server.ReceiveAsync(new TestMemo { Label = "flyttes", Files = { ("virus.exe", "application/x-msdownload", []) } });
        await _server.ReceiveAsync(new TestMemo { RecipientId = "90000002", Label = "flyttes" });
        await DraftAsync(Setup.Rule("B", "b", Setup.When("label", ConditionOperator.Equals, "flyttes")), Setup.Rule("Nu taget", "a", Setup.When("label", ConditionOperator.Equals, "ingen")));

        var impact = (await _server.Explanations.GetImpactAsync(Setup.Authority)).Result;

        (impact.Examined, impact.Moved).ShouldBe((6, 6));
        impact.Flows.Select(flow => (flow.From, flow.To, flow.Count)).ShouldBe([("a", "b", 3), (null, "a", 2), ("a", null, 1)]);
        impact.Messages.Select(message => (message.From, message.To, message.Rule)).ShouldBe(
            [("a", "b", "B"), (null, "a", "Nu taget"), (null, "a", "Nu taget"), ("a", "b", "B"), ("a", "b", "B"), ("a", null, null)]);
        impact.NextCursor.ShouldBeNull();
        impact.Messages[0].ReceivedAt.ShouldBe(_clock.Now, TimeSpan.FromMilliseconds(1));
        (await _server.Messages.GetMessageAsync(impact.Messages[0].MessageUUID)).Result.Summary.Label.ShouldBe("flyttes");
        (await _server.Messages.GetMessageAsync(impact.Messages[0].MessageUUID)).Result.Routing!.Fagsystem.ShouldBe("a");
    }

    [Fact]
    public async Task What_counts_now_moves_nothing_and_an_earlier_version_can_be_asked()
    {
        await SendAsync("a", "flyttes");
        (await _server.Explanations.GetImpactAsync(Setup.Authority, "current")).Result.Moved.ShouldBe(0);
        await _server.PublishAsync(Setup.Rules(Setup.Rule("Alt", "b")));
        await SendAsync("a");
        (await ImpactAsync("current")).ShouldBe((3, 2));
        (await ImpactAsync("1")).ShouldBe((3, 1));
    }

    [Fact]
    public async Task What_came_before_there_were_rules_moves_from_the_indbakke()
    {
        await _server.ReceiveAsync(new TestMemo { RecipientId = "90000002" });
        await _server.Drafts.SaveDraftAsync(Setup.Rules(Setup.Rule("Alt", "b")), "90000002", "*");
        var impact = (await _server.Explanations.GetImpactAsync("90000002")).Result;
        impact.Flows.Select(flow => (flow.From, flow.To, flow.Count)).ShouldBe([("indbakke", "b", 1)]);
    }

    [Fact]
    public async Task The_list_comes_in_pages_and_what_comes_in_meanwhile_shifts_nothing()
    {
        await SendAsync("flyttes", "a", "flyttes", "flyttes", "flyttes", "flyttes");
        await DraftAsync(Setup.Rule("A", "a", Setup.When("label", ConditionOperator.Equals, "a")), Setup.Rule("B", "b"));
        var all = (await _server.Explanations.GetImpactAsync(Setup.Authority)).Result.Messages.Select(message => message.MessageUUID).ToList();

        var found = new List<Guid>();
        var (cursor, pages) = ((string?)null, 0);
        do
        {
            var page = (await _server.Explanations.GetImpactAsync(Setup.Authority, pageSize: 2, cursor: cursor)).Result;
            page.Moved.ShouldBe(5 + pages++);
            found.AddRange(page.Messages.Select(message => message.MessageUUID));
            cursor = page.NextCursor;
            await SendAsync("flyttes");
        }
        while (cursor is not null);

        pages.ShouldBe(3);
        all.Count.ShouldBe(5);
        found.ShouldBe(all);
    }

    [Fact]
    public async Task It_looks_back_as_many_days_as_asked_for_and_thirty_unless_said()
    {
        var now = _clock.Now;
        foreach (var daysAgo in new[] { 360.0, 31, 29, 1.5, 0.5 })
        {
            _clock.Now = now.AddDays(-daysAgo);
            await SendAsync("flyttes");
        }

        _clock.Now = now;
        await DraftAsync(Setup.Rule("B", "b"));
        (await ImpactAsync("draft")).ShouldBe((3, 3));
        (await ImpactAsync("draft", 1)).ShouldBe((1, 1));
        (await ImpactAsync("draft", 2)).ShouldBe((2, 2));
        (await ImpactAsync("draft", 366)).ShouldBe((5, 5));
    }

    [Theory]
    [InlineData("days=0")]
    [InlineData("days=367")]
    [InlineData("days=alle")]
    [InlineData("pageSize=0")]
    [InlineData("cursor=p1")]
    [InlineData("version=ny")]
    public async Task A_wrong_parameter_is_a_400(string query) => await (await _server.CallAsync("GET", $"authorities/{Setup.Authority}/impact?{query}"))
        .ShouldBeProblemAsync(HttpStatusCode.BadRequest, AdministrationProblemCode.PARAMETER_INVALID);

    [Fact]
    public async Task A_version_that_is_not_there_is_a_404_and_rules_that_cannot_be_asked_a_409()
    {
        await (await _server.CallAsync("GET", $"authorities/{Setup.Authority}/impact?version=9")).ShouldBeProblemAsync(HttpStatusCode.NotFound, AdministrationProblemCode.NOT_FOUND);
        await DraftAsync(Setup.Rule("R", "a", Setup.When("farve", ConditionOperator.Exists)));
        var problem = await (await _server.CallAsync("GET", $"authorities/{Setup.Authority}/impact")).ShouldBeProblemAsync(HttpStatusCode.Conflict, AdministrationProblemCode.RULES_HAVE_ERRORS);
        problem.GetProperty("findings").GetArrayLength().ShouldBe(1);
    }

    private async Task SendAsync(params string[] labels)
    {
        foreach (var label in labels)
            await _server.ReceiveAsync(new TestMemo { Label = label });
    }

    private async Task DraftAsync(params DistributionRule[] rules) => await _server.Drafts.SaveDraftAsync(Setup.Rules(rules), Setup.Authority, "*");

    private async Task<(int Examined, int Moved)> ImpactAsync(string version, int? days = null)
    {
        var impact = (await _server.Explanations.GetImpactAsync(Setup.Authority, version, days)).Result;
        return (impact.Examined, impact.Moved);
    }
}
