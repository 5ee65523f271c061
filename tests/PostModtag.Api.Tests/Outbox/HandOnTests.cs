using System.Net;
using PostModtag.Api.Tests.Deliveries;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Outbox;

/// <summary>A fagsystem that has accepted a message may have copies handed on; what becomes of them is no matter of the receipt.</summary>
[Operation("ReceiveMessage")]
[Operation("ChangeFagsystem")]
public sealed class HandOnTests : IAsyncLifetime
{
    private StandInFagsystem _archive = null!;
    private Delivering _delivering = null!;

    public async Task InitializeAsync()
    {
        _archive = await StandInFagsystem.StartAsync();
        _delivering = await Delivering.StartAsync();
        await _delivering.Server.RegisterRestAsync("arkiv", _archive.Url, timeoutSeconds: 1);
        await HandOnAsync("arkiv", "indbakke");
    }

    public async Task DisposeAsync()
    {
        await _delivering.DisposeAsync();
        await _archive.DisposeAsync();
    }

    [Fact]
    public async Task After_an_accept_each_gets_one_copy_of_the_same_bytes_under_the_same_transaction()
    {
        var memo = new TestMemo();
        (await _delivering.PostAsync(memo)).Status.ShouldBe(200);
        var message = await _delivering.UntilAsync(memo, message => message.Outbox.All(entry => entry.State == OutboxState.TAKEN));

        message.Outbox.Select(entry => (entry.Kind, entry.Fagsystem, entry.Attempts)).ShouldBe([(OutboxKind.COPY, "arkiv", 1), (OutboxKind.COPY, "indbakke", 1)]);
        var (first, copy) = (_delivering.Calls.ShouldHaveSingleItem(), _archive.Calls.ShouldHaveSingleItem());
        (copy.MessageUuid, copy.Sha256, copy.Length, copy.Header("x-TransaktionsId")).ShouldBe((memo.Uuid, first.Sha256, first.Length, first.Header("x-TransaktionsId")));
        message.Attempts.ShouldHaveSingleItem().Fagsystem.ShouldBe(Delivering.Key);

        await _delivering.PostAsync(memo);
        (await _delivering.GetAsync(memo)).Outbox.Count.ShouldBe(2);
        _archive.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("NOT_ALLOWED")]
    [InlineData("RECEIVED")]
    public async Task What_is_rejected_or_not_finished_is_handed_to_nobody(string status)
    {
        _delivering.Fagsystem.Answer = status == "RECEIVED" ? StandInAnswers.Json(status) : StandInAnswers.Json(status, "NEJ", "Nej.");
        var memo = new TestMemo();
        await _delivering.PostAsync(memo);

        (await _delivering.GetAsync(memo)).Outbox.ShouldBeEmpty();
        _archive.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_who_rejects_hands_nothing_on_and_an_accept_that_comes_later_does()
    {
        var (rejected, later) = (await _delivering.LeaveUndecidedAsync(), await _delivering.LeaveUndecidedAsync());
        await _delivering.DecideAsync(rejected, MessageDecisionAction.REJECT);
        _delivering.Fagsystem.Answer = StandInAnswers.Accept;
        await _delivering.PostAsync(later);
        await _delivering.UntilAsync(later, message => message.Outbox.Count == 2 && message.Outbox.All(entry => entry.State == OutboxState.TAKEN));

        (await _delivering.GetAsync(rejected)).Outbox.ShouldBeEmpty();
        _archive.Calls.Select(call => call.MessageUuid).ShouldBe([later.Uuid]);
    }

    [Fact]
    public async Task One_that_accepts_a_copy_hands_nothing_on_itself()
    {
        await _delivering.Server.ChangeFagsystemAsync("arkiv", change => change.HandOnTo = [Delivering.Key]);
        await HandOnAsync("arkiv");
        var memo = new TestMemo();
        await _delivering.PostAsync(memo);
        await _delivering.UntilAsync(memo, message => message.Outbox.All(entry => entry.State == OutboxState.TAKEN));

        (await _delivering.GetAsync(memo)).Outbox.ShouldHaveSingleItem();
        _delivering.Calls.Count().ShouldBe(1);
    }

    public static TheoryData<string, string?, OutboxState, string?, string?> Answers => new()
    {
        { "accept", null, OutboxState.TAKEN, null, null },
        { "received", null, OutboxState.TAKEN, null, null },
        { "reject", null, OutboxState.REFUSED, "IKKE_HER", "Hører ikke til her." },
        { "problem400", "NotTaken", OutboxState.REFUSED, null, null },
        { "503", "ServerError", OutboxState.WAITING, null, null },
        { "401", "NotAuthorized", OutboxState.WAITING, null, null },
        { "404", "NotAnEndpoint", OutboxState.WAITING, null, null },
        { "hang", "Timeout", OutboxState.WAITING, null, null },
        { "reset", "ConnectionFailed", OutboxState.WAITING, null, null },
        { "lie", "OtherMessage", OutboxState.WAITING, null, null },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Whatever_comes_back_for_a_copy_the_receipt_stays(string answer, string? reason, OutboxState state, string? code, string? text)
    {
        _archive.Answer = answer switch
        {
            "accept" => StandInAnswers.Accept,
            "received" => StandInAnswers.Json("RECEIVED"),
            "reject" => StandInAnswers.Json("INVALID", code, text),
            "problem400" => StandInAnswers.Problem(400),
            "hang" => StandInAnswers.Hang,
            "reset" => StandInAnswers.Reset,
            "lie" => (call, context) => StandInAnswers.Accept(call with { MessageUuid = Guid.NewGuid() }, context),
            _ => StandInAnswers.Status(int.Parse(answer, System.Globalization.CultureInfo.InvariantCulture)),
        };
        await HandOnAsync("arkiv");
        var memo = new TestMemo();
        var (status, body) = await _delivering.PostAsync(memo);
        var copy = (await _delivering.UntilAsync(memo, message => message.Outbox[0].Attempts == 1)).Outbox[0];

        (copy.State, copy.Reason, copy.AnswerCode, copy.AnswerText).ShouldBe((state, reason, code, text));
        (status, (await _delivering.PostAsync(memo)).Body).ShouldBe((200, body));
        var message = await _delivering.GetAsync(memo);
        (message.Receipt!.ReceiptStatus, message.Concern, message.Attempts.Count).ShouldBe(("COMPLETED", DeliveryConcern.NONE, 1));
    }

    [Fact]
    public async Task It_is_sent_again_with_longer_waits_and_given_to_a_person_when_its_time_is_over()
    {
        await using var archive = await StandInFagsystem.StartAsync();
        archive.Answer = StandInAnswers.Status(503);
        await using var delivering = await Delivering.StartAsync(settings: "--PostModtag:HoldFor=00:02:00");
        await delivering.Server.RegisterRestAsync("arkiv", archive.Url);
        await delivering.Server.ChangeFagsystemAsync(Delivering.Key, change => change.HandOnTo = ["arkiv"]);
        var memo = new TestMemo();
        await delivering.PostAsync(memo);
        var entry = (await delivering.UntilAsync(memo, message => message.Outbox[0].Attempts == 1)).Outbox[0];
        var waits = new List<double>();
        while (entry.NextAttemptAt is { } next)
        {
            waits.Add((next - delivering.Clock.Now).TotalSeconds);
            delivering.Clock.Now = next;
            var before = entry.Attempts;
            entry = (await delivering.UntilAsync(memo, message => message.Outbox[0].Attempts > before)).Outbox[0];
        }

        entry.State.ShouldBe(OutboxState.GIVEN_UP);
        waits[0].ShouldBeInRange(15, 30);
        waits[1].ShouldBeInRange(30, 60);
        waits.Sum().ShouldBe(120, 0.01);
        delivering.Server.Log.Lines.Count(line => line.Contains("[125]", StringComparison.Ordinal)).ShouldBe(1);

        archive.Answer = StandInAnswers.Accept;
        delivering.Clock.Now += TimeSpan.FromDays(1);
        await delivering.Server.Outbox.RetryOutboxEntryAsync(entry.Id);
        await delivering.UntilAsync(memo, message => message.Outbox[0].State == OutboxState.TAKEN);
    }

    [Fact]
    public async Task A_dead_one_delays_neither_messages_nor_copies_for_others()
    {
        _archive.Answer = StandInAnswers.Hang;
        for (var i = 0; i < 12; i++)
        {
            var memo = new TestMemo();
            (await _delivering.PostAsync(memo)).Status.ShouldBe(200);
            await _delivering.UntilAsync(memo, message => message.Outbox.Single(entry => entry.Fagsystem == "indbakke").State == OutboxState.TAKEN);
        }
    }

    [Fact]
    public async Task A_restart_loses_no_copy()
    {
        _archive.Answer = StandInAnswers.Hang;
        await HandOnAsync("arkiv");
        var memo = new TestMemo();
        await _delivering.PostAsync(memo);
        await Eventually.BeSoAsync(() => !_archive.Calls.IsEmpty);

        await _delivering.RestartAsync(() => _archive.Answer = StandInAnswers.Accept);
        _delivering.Clock.Now += TimeSpan.FromMinutes(12);
        await _delivering.UntilAsync(memo, message => message.Outbox[0].State == OutboxState.TAKEN);
        _archive.Calls.Select(call => call.MessageUuid).Distinct().ShouldBe([memo.Uuid]);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "esdh", "handOnTo[0]", "gets no copy of it" },
        { "ukendt", "handOnTo[0]", "No fagsystem has the key ukendt" },
        { "pensioneret", "handOnTo[0]", "is retired" },
        { "arkiv,arkiv", "handOnTo", "once" },
        { "a,b,c,d,e,f,g,h,i,j,k", "handOnTo", "at most 10" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Who_gets_copies_is_checked(string keys, string place, string text)
    {
        await _delivering.Server.RegisterAsync("pensioneret");
        await _delivering.Server.ChangeFagsystemAsync("pensioneret", change => change.State = FagsystemState.RETIRED);

        var problem = await Calls.ShouldBeProblemAsync(() => HandOnAsync(keys.Split(',')), HttpStatusCode.BadRequest, AdministrationProblemCode.BODY_INVALID);

        problem.Errors!.ShouldContain(error => error.Place == place && error.Message.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_gets_copies_is_neither_removed_nor_retired()
    {
        await Calls.ShouldBeProblemAsync(() => _delivering.Server.Fagsystemer.RemoveFagsystemAsync("arkiv", "*"), HttpStatusCode.Conflict, AdministrationProblemCode.FAGSYSTEM_IN_USE);
        await Calls.ShouldBeProblemAsync(() => _delivering.Server.ChangeFagsystemAsync("arkiv", change => change.State = FagsystemState.RETIRED), HttpStatusCode.Conflict, AdministrationProblemCode.FAGSYSTEM_IN_USE);

        _archive.Answer = StandInAnswers.Status(503);
        var memo = new TestMemo();
        await _delivering.PostAsync(memo);
        await _delivering.UntilAsync(memo, message => message.Outbox.Any(entry => entry.Fagsystem == "arkiv" && entry.Attempts == 1));
        await HandOnAsync();
        await Calls.ShouldBeProblemAsync(() => _delivering.Server.Fagsystemer.RemoveFagsystemAsync("arkiv", "*"), HttpStatusCode.Conflict, AdministrationProblemCode.FAGSYSTEM_IN_USE);

        _archive.Answer = StandInAnswers.Accept;
        _delivering.Clock.Now += TimeSpan.FromMinutes(1);
        await _delivering.UntilAsync(memo, message => message.Outbox.All(entry => entry.State == OutboxState.TAKEN));
        await _delivering.Server.Fagsystemer.RemoveFagsystemAsync("arkiv", "*");
    }

    [Fact]
    public async Task Who_gets_copies_is_shown_and_is_in_the_audit_trail()
    {
        (await _delivering.Server.Fagsystemer.GetFagsystemAsync(Delivering.Key)).Result.HandOnTo.ShouldBe(["arkiv", "indbakke"]);
        (await _delivering.Server.Audit.FindAuditEntriesAsync()).Result.Entries[0].Detail.ShouldContain("hands on to arkiv, indbakke");
        await HandOnAsync();
        (await _delivering.Server.Fagsystemer.GetFagsystemAsync(Delivering.Key)).Result.HandOnTo.ShouldBeEmpty();
        await _delivering.RestartAsync();
        (await _delivering.Server.Fagsystemer.GetFagsystemAsync(Delivering.Key)).Result.HandOnTo.ShouldBeEmpty();
    }

    private Task<Fagsystem> HandOnAsync(params string[] to) => _delivering.Server.ChangeFagsystemAsync(Delivering.Key, change => change.HandOnTo = to);
}
