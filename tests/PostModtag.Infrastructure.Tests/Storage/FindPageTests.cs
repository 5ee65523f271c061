using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

public sealed class FindPageTests : IAsyncLifetime
{
    private TestInfrastructure _infrastructure = null!;

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync();

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Fact]
    public async Task Pages_go_on_where_they_were_though_messages_come_in()
    {
        var before = new List<long>();
        for (var i = 0; i < 7; i++)
            before.Add((await _infrastructure.KeepAsync(new TestMemo())).Id);

        var seen = new List<long>();
        for (long? last = null; seen.Count < 20 && await PageAsync(last, 2) is { Count: > 0 } page; last = page[^1])
        {
            seen.AddRange(page);
            await _infrastructure.KeepAsync(new TestMemo());
        }

        seen.ShouldBe(before.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task Without_messages_a_page_is_empty() => (await PageAsync(null, 10)).ShouldBeEmpty();

    [Fact]
    public async Task A_period_has_all_that_came_in_it_in_whatever_order_they_were_kept()
    {
        foreach (var minute in new[] { 5, 1, 7, 3, 0, 2 })
            await _infrastructure.KeepAsync(new TestMemo { Label = $"{minute}" }, At(minute));

        (await LabelsAsync(new MessageFilter { ReceivedFrom = At(1), ReceivedBefore = At(6) })).ShouldBe("2315");
        (await LabelsAsync(new MessageFilter { ReceivedBefore = At(2) })).ShouldBe("01");
        (await LabelsAsync(new MessageFilter { ReceivedFrom = At(6), ReceivedBefore = At(7) })).ShouldBe("");
        (await LabelsAsync(new MessageFilter { ReceivedBefore = At(0) })).ShouldBe("");
    }

    [Fact]
    public async Task Filters_hold_together_and_letter_case_does_not_count()
    {
        await _infrastructure.KeepAsync(new TestMemo { Label = "1", SenderIdType = "EID", SenderId = "abc", ContactPointId = "c0000000-0000-4000-8000-00000000000a" }, At(0));
        await _infrastructure.KeepAsync(new TestMemo { Label = "2", SenderIdType = "EID", SenderId = "ABC", RecipientId = "90000002" }, At(1), message => message.RouteTo("x"));
        await _infrastructure.KeepAsync(new TestMemo { Label = "3", RecipientIdType = "EID", RecipientId = "Åbc" }, At(2), Accept);
        await _infrastructure.KeepAsync(new TestMemo { Label = "4", MessageType = "BREV" }, At(3), Reject);

        (await LabelsAsync(new MessageFilter())).ShouldBe("4321");
        (await LabelsAsync(new MessageFilter { ReceivedFrom = At(1) })).ShouldBe("432");
        (await LabelsAsync(new MessageFilter { ReceivedBefore = At(2) })).ShouldBe("21");
        (await LabelsAsync(new MessageFilter { ReceivedFrom = At(1), ReceivedBefore = At(2) })).ShouldBe("2");
        (await LabelsAsync(new MessageFilter { ReceivedFrom = At(1).AddMilliseconds(1) })).ShouldBe("43");
        (await LabelsAsync(new MessageFilter { State = MessageState.Received })).ShouldBe("21");
        (await LabelsAsync(new MessageFilter { State = MessageState.Accepted })).ShouldBe("3");
        (await LabelsAsync(new MessageFilter { State = MessageState.Rejected })).ShouldBe("4");
        (await LabelsAsync(new MessageFilter { SenderId = "aBc" })).ShouldBe("21");
        (await LabelsAsync(new MessageFilter { SenderId = "ab" })).ShouldBe("");
        (await LabelsAsync(new MessageFilter { SenderId = "a%" })).ShouldBe("");
        (await LabelsAsync(new MessageFilter { RecipientId = "90000002" })).ShouldBe("2");
        (await LabelsAsync(new MessageFilter { RecipientId = "ÅBC" })).ShouldBe("3");
        (await LabelsAsync(new MessageFilter { ContactPointId = "C0000000-0000-4000-8000-00000000000A" })).ShouldBe("1");
        (await LabelsAsync(new MessageFilter { SenderId = "abc", RecipientId = "90000002" })).ShouldBe("2");
        (await LabelsAsync(new MessageFilter { SenderId = "abc", State = MessageState.Accepted })).ShouldBe("");
    }

    [Fact]
    public async Task A_message_is_found_by_its_case_and_by_its_KLE_subject_or_one_above_it()
    {
        await _infrastructure.KeepAsync(new TestMemo { Label = "1", ExtraHeader = Content("27.12.06", "BYG-1") });
        await _infrastructure.KeepAsync(new TestMemo { Label = "2", ExtraHeader = Content("27.12", "byg-1") });
        await _infrastructure.KeepAsync(new TestMemo { Label = "3", ExtraHeader = Content("27.123", "BYG-2") });
        await _infrastructure.KeepAsync(new TestMemo { Label = "4" });

        (await LabelsAsync(new MessageFilter { KleSubject = "27.12" })).ShouldBe("21");
        (await LabelsAsync(new MessageFilter { KleSubject = "27.12." })).ShouldBe("21");
        (await LabelsAsync(new MessageFilter { KleSubject = "27" })).ShouldBe("321");
        (await LabelsAsync(new MessageFilter { KleSubject = "2" })).ShouldBe("");
        (await LabelsAsync(new MessageFilter { CaseId = "Byg-1" })).ShouldBe("21");
        (await LabelsAsync(new MessageFilter { CaseId = "BYG-2", KleSubject = "27.12" })).ShouldBe("");
        (await LabelsAsync(new MessageFilter { KleSubject = "27", Label = "3" })).ShouldBe("3");
    }

    private static string Content(string kle, string caseId) =>
        $"""
        <memo:ContentData><memo:CaseID><memo:caseID>{caseId}</memo:caseID><memo:caseSystem>Byg</memo:caseSystem></memo:CaseID>
        <kle:KLEdata xmlns:kle="http://kle-online.dk/"><kle:subjectKey>{kle}</kle:subjectKey><kle:version>2026-02</kle:version><kle:label>Emne</kle:label></kle:KLEdata></memo:ContentData>
        """;

    private static DateTimeOffset At(int minute) => TestMessages.Now.AddMinutes(minute);

    private static void Accept(Message message)
    {
        message.RouteTo("indbakke");
        message.Accept(TestMessages.Now);
    }

    private static void Reject(Message message) => message.Reject(Rejection.For(ReceiptError.SchemaViolation), TestMessages.Now);

    private async Task<List<long>> PageAsync(long? before, int count) =>
        [.. (await _infrastructure.Messages.FindPageAsync(new MessageFilter(), before, count, CancellationToken.None)).Select(message => message.Id)];

    private async Task<string> LabelsAsync(MessageFilter filter) =>
        string.Concat((await _infrastructure.Messages.FindPageAsync(filter, null, 100, CancellationToken.None)).Select(message => message.Summary.Label));
}
