using PostModtag.Api.Tests.Deliveries;
using PostModtag.Application.Routing;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Reconciliation;

/// <summary>Each day that is over has a record of what became of its messages, also one that the server did not run in.</summary>
[Operation("FindReconciliations")]
public sealed class FindReconciliationsTests
{
    [Fact]
    public async Task The_days_are_made_when_they_are_over_and_add_up()
    {
        await using var delivering = await Delivering.StartAsync(WhenUndecided.HOLD);
        var day = DanishDay.Of(delivering.Clock.Now).AddDays(1);
        delivering.Clock.Now = DanishDay.Begin(day).AddHours(9);
        await delivering.PostAsync(new TestMemo());
        await delivering.PostAsync(new TestMemo { SenderId = "x" });
        var held = await delivering.LeaveUndecidedAsync();
        (await RecordsAsync(delivering)).ShouldBeEmpty();

        delivering.Fagsystem.Answer = StandInAnswers.Accept;
        delivering.Clock.Now = DanishDay.Begin(day.AddDays(1)).AddMinutes(59);
        await delivering.UntilDecidedAsync(held);
        (await RecordsAsync(delivering)).ShouldBeEmpty("a day is counted an hour after it is over");
        delivering.Clock.Now = DanishDay.Begin(day.AddDays(4)).AddHours(1);
        await Eventually.BeSoAsync(async () => (await RecordsAsync(delivering)).Count == 4);

        var records = await RecordsAsync(delivering);
        records.Select(record => (record.Number, record.Day, record.CarriedIn, record.Received, record.Accepted, record.Rejected, record.Held)).ShouldBe(
        [
            (1, $"{day:yyyy-MM-dd}", 0, 3, 1, 1, 1), (2, $"{day.AddDays(1):yyyy-MM-dd}", 1, 0, 1, 0, 0),
            (3, $"{day.AddDays(2):yyyy-MM-dd}", 0, 0, 0, 0, 0), (4, $"{day.AddDays(3):yyyy-MM-dd}", 0, 0, 0, 0, 0),
        ]);
        records.ShouldAllBe(record => record.IsBalanced);
        records.Skip(1).Select(record => record.PreviousSha256).ShouldBe(records.SkipLast(1).Select(record => record.Sha256));
    }

    [Fact]
    public async Task Pages_are_whole()
    {
        await using var delivering = await Delivering.StartAsync();
        await delivering.PostAsync(new TestMemo());
        delivering.Clock.Now += TimeSpan.FromDays(6);
        await Eventually.BeSoAsync(async () => (await RecordsAsync(delivering)).Count >= 5);

        var client = new ReconciliationsClient(delivering.Server.Client);
        var (numbers, cursor) = (new List<int>(), (string?)null);
        do
        {
            var page = (await client.FindReconciliationsAsync(Setup.Authority, 2, cursor)).Result;
            numbers.AddRange(page.Records.Select(record => record.Number));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        numbers.ShouldBe(Enumerable.Range(1, numbers.Count));
        (await delivering.Server.Client.GetAsync($"reconciliations?authority={Setup.Authority}&cursor=x")).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await delivering.Server.Client.GetAsync("reconciliations")).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await client.FindReconciliationsAsync("90000009")).Result.Records.ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<Contract.Administration.Reconciliation>> RecordsAsync(Delivering delivering) =>
        [.. (await new ReconciliationsClient(delivering.Server.Client).FindReconciliationsAsync(Setup.Authority)).Result.Records];
}
