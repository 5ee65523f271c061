using PostModtag.Api.Tests.Deliveries;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Outbox;

/// <summary>Final receipts are told to Digital Post, besides the answer in the call: each once, in order, until it has them.</summary>
[Operation("ReceiveMessage")]
public sealed class ReceiptRelayTests : IAsyncLifetime
{
    private StandInDigitalPost _digitalPost = null!;
    private Delivering _delivering = null!;

    public async Task InitializeAsync()
    {
        _digitalPost = await StandInDigitalPost.StartAsync();
        _delivering = await Delivering.StartAsync(settings: Settings(_digitalPost.Url));
    }

    public async Task DisposeAsync()
    {
        await _delivering.DisposeAsync();
        await _digitalPost.DisposeAsync();
    }

    [Fact]
    public async Task An_accept_is_told_as_the_sender_was_told_it()
    {
        var memo = new TestMemo();
        var answer = System.Text.Json.JsonDocument.Parse((await _delivering.PostAsync(memo)).Body).RootElement;

        var told = await TakenAsync(memo);

        var receipt = _digitalPost.Receipts.ShouldHaveSingleItem();
        receipt.ShouldBe(new StandInReceipt(answer.GetProperty("transmissionId").GetGuid(), memo.Uuid, null, null, null, answer.GetProperty("timeStamp").GetDateTimeOffset(), "COMPLETED"));
        _digitalPost.Calls.ShouldBe([$"POST memos/{memo.Uuid}/receipt"]);
        (told.Kind, told.Fagsystem, told.Attempts, told.HttpStatus, told.Reason, told.NextAttemptAt, told.EndedAt).ShouldBe((OutboxKind.RECEIPT, null, 1, 200, null, null, _delivering.Clock.Now));
    }

    [Fact]
    public async Task A_rejection_is_told_with_its_code_and_text_whoever_rejected()
    {
        _delivering.Fagsystem.Answer = StandInAnswers.Json("NOT_ALLOWED", "IKKE_HER", "Den hører ikke til her.");
        var (byFagsystem, byServer) = (new TestMemo(), new TestMemo { RecipientId = "1" });
        await _delivering.PostAsync(byFagsystem);
        await _delivering.PostAsync(byServer);

        await TakenAsync(byFagsystem);
        await TakenAsync(byServer);

        _digitalPost.Receipts.Select(receipt => (receipt.MessageUuid, receipt.ReceiptStatus)).ShouldBe([(byFagsystem.Uuid, "NOT_ALLOWED"), (byServer.Uuid, "INVALID")]);
        var first = _digitalPost.Receipts.First();
        (first.ErrorCode, first.ErrorMessage).ShouldBe(("IKKE_HER", "Den hører ikke til her."));
        _digitalPost.Receipts.Last().ErrorCode.ShouldBe((await _delivering.GetAsync(byServer)).Receipt!.ErrorCode);
    }

    [Fact]
    public async Task A_message_that_is_not_decided_has_nothing_to_tell_and_a_decision_that_comes_later_is_told()
    {
        var memo = await _delivering.LeaveUndecidedAsync();
        (await _delivering.GetAsync(memo)).Outbox.ShouldBeEmpty();

        await _delivering.DecideAsync(memo, MessageDecisionAction.REJECT);
        await TakenAsync(memo);

        _digitalPost.Receipts.ShouldHaveSingleItem().ErrorCode.ShouldBe("REJECTED_BY_AUTHORITY");
    }

    [Fact]
    public async Task Sent_again_it_is_not_told_again()
    {
        var memo = new TestMemo();
        await _delivering.PostAsync(memo);
        await TakenAsync(memo);
        await _delivering.PostAsync(memo);
        var next = new TestMemo();
        await _delivering.PostAsync(next);
        await TakenAsync(next);

        _digitalPost.Receipts.Select(receipt => receipt.MessageUuid).ShouldBe([memo.Uuid, next.Uuid]);
    }

    public static TheoryData<int, string?, string> NotTaken => new()
    {
        { 503, null, "ServerError" },
        { 500, "internal", "ServerError" },
        { 429, null, "TooManyRequests" },
        { 408, null, "RequestTimeout" },
        { 401, "not.let.in", "NotAuthorized" },
        { 403, null, "NotAuthorized" },
        { 404, null, "NotAnEndpoint" },
        { 302, null, "NotAnEndpoint" },
    };

    [Theory]
    [MemberData(nameof(NotTaken))]
    public async Task Until_Digital_Post_takes_it_it_is_sent_again_and_those_behind_it_wait(int status, string? code, string reason)
    {
        _digitalPost.AnswerWith(status, code);
        var memos = await PostAsync(3);
        var first = await UntilAsync(memos[0], entry => entry.Attempts == 1);
        (first.State, first.Reason, first.HttpStatus, first.AnswerCode).ShouldBe((OutboxState.WAITING, reason, (int?)status, code));

        _digitalPost.Instead = null;
        _delivering.Clock.Now += TimeSpan.FromSeconds(1);
        (await TakenAsync(memos[0])).Attempts.ShouldBe(2);
        foreach (var memo in memos[1..])
            (await TakenAsync(memo)).Attempts.ShouldBe(1);

        _digitalPost.Receipts.Select(receipt => receipt.MessageUuid).ShouldBe([memos[0].Uuid, .. memos.Select(memo => memo.Uuid)]);
    }

    [Fact]
    public async Task It_waits_longer_each_time_and_no_less_than_Retry_After_says()
    {
        _digitalPost.AnswerWith(503);
        var memo = (await PostAsync(1))[0];
        var waits = new List<double>();
        for (var attempt = 1; attempt <= 12; attempt++)
        {
            var entry = await UntilAsync(memo, entry => entry.Attempts == attempt);
            waits.Add((entry.NextAttemptAt!.Value - _delivering.Clock.Now).TotalSeconds);
            _delivering.Clock.Now = entry.NextAttemptAt.Value;
        }

        for (var attempt = 1; attempt <= 12; attempt++)
            waits[attempt - 1].ShouldBeInRange((Math.Min(Math.Pow(2, attempt - 1), 300) / 2) - 0.001, Math.Min(Math.Pow(2, attempt - 1), 300) + 0.001);

        _digitalPost.AnswerWith(429, retryAfter: TimeSpan.FromMinutes(20));
        var asked = await UntilAsync(memo, entry => entry.Attempts == 14 || (entry.Attempts == 13 && entry.Reason == "TooManyRequests"));
        while (asked.Reason != "TooManyRequests")
        {
            _delivering.Clock.Now = asked.NextAttemptAt!.Value;
            asked = await UntilAsync(memo, entry => entry.Attempts > asked.Attempts);
        }

        (asked.NextAttemptAt - _delivering.Clock.Now).ShouldBe(TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task One_that_it_refuses_is_set_aside_and_the_others_go_on_and_a_person_can_send_it_again()
    {
        var refused = new TestMemo();
        _digitalPost.AnswerWith(400, "receipt.unknown", onlyTo: refused.MessageUuid);
        await _delivering.PostAsync(refused);
        var next = (await PostAsync(1))[0];
        await TakenAsync(next);
        var entry = await UntilAsync(refused, entry => entry.State == OutboxState.REFUSED);
        (entry.Reason, entry.HttpStatus, entry.AnswerCode, entry.AnswerText, entry.NextAttemptAt).ShouldBe(("NotTaken", 400, "receipt.unknown", "Kvitteringen passer ikke", null));
        _delivering.Server.Log.Lines.Count(line => line.Contains("[122]", StringComparison.Ordinal) && line.StartsWith("Error", StringComparison.Ordinal)).ShouldBe(1);

        _digitalPost.Instead = null;
        (await _delivering.Server.Outbox.RetryOutboxEntryAsync(entry.Id, "Bente")).Result.State.ShouldBe(OutboxState.WAITING);
        (await TakenAsync(refused)).Attempts.ShouldBe(2);

        _digitalPost.Receipts.Select(receipt => receipt.MessageUuid).ShouldBe([refused.Uuid, next.Uuid, refused.Uuid]);
    }

    [Fact]
    public async Task An_answer_with_characters_that_no_database_keeps_is_kept_without_them()
    {
        _digitalPost.AnswerWith(400, "a\0b" + new string('c', 60) + "📨");
        var memo = (await PostAsync(1))[0];

        (await UntilAsync(memo, entry => entry.State == OutboxState.REFUSED)).AnswerCode.ShouldBe("a�b" + new string('c', 60) + "�");
    }

    [Fact]
    public async Task What_Digital_Post_says_is_not_logged()
    {
        _digitalPost.AnswerWith(400, "hemmelig-kode");
        var memo = (await PostAsync(1))[0];
        await UntilAsync(memo, entry => entry.State == OutboxState.REFUSED);

        _delivering.Server.Log.Lines.ShouldContain(line => line.Contains("[122]", StringComparison.Ordinal));
        _delivering.Server.Log.Lines.ShouldAllBe(line => !line.Contains("hemmelig-kode", StringComparison.Ordinal) && !line.Contains("passer ikke", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_connection_and_no_answer_in_time_put_it_off_and_a_restart_goes_on_where_it_was()
    {
        _digitalPost.Instead = async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        var memos = await PostAsync(2);
        (await UntilAsync(memos[0], entry => entry.Attempts == 1)).Reason.ShouldBe("Timeout");
        _digitalPost.Instead = (context, _) =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        _delivering.Clock.Now += TimeSpan.FromSeconds(1);
        (await UntilAsync(memos[0], entry => entry.Attempts == 2)).Reason.ShouldBe("ConnectionFailed");

        await _delivering.RestartAsync(() => _digitalPost.Receipts.Clear());
        _digitalPost.Instead = null;
        _delivering.Clock.Now += TimeSpan.FromSeconds(2);
        (await TakenAsync(memos[0])).Attempts.ShouldBeGreaterThanOrEqualTo(3);
        await TakenAsync(memos[1]);

        _digitalPost.Receipts.Select(receipt => receipt.MessageUuid).Distinct().ShouldBe(memos.Select(memo => memo.Uuid));
        _digitalPost.Receipts.Count(receipt => receipt.MessageUuid == memos[1].Uuid).ShouldBe(1);
    }

    [Fact]
    public async Task A_receipt_that_is_on_its_way_when_the_server_stops_is_not_told_twice()
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        _digitalPost.Instead = async (_, _) =>
        {
            asked.TrySetResult();
            await answer.Task;
            return false;
        };
        var memo = (await PostAsync(1))[0];
        await asked.Task;

        var restart = _delivering.RestartAsync();
        answer.SetResult();
        await restart;
        await TakenAsync(memo);

        _digitalPost.Receipts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_told()
    {
        await using var delivering = await Delivering.StartAsync(settings: $"--PostModtag:DigitalPost:Url={_digitalPost.Url}");
        var memo = new TestMemo();
        await delivering.PostAsync(memo);

        (await delivering.GetAsync(memo)).Outbox.ShouldBeEmpty();
        (await delivering.Server.Outbox.FindOutboxEntriesAsync()).Result.Entries.ShouldBeEmpty();
        _digitalPost.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_client_certificate_and_the_calling_system_are_presented_and_only_to_a_host_that_is_trusted()
    {
        using var certificates = new TestCertificates();
        using var own = certificates.Server();
        using var client = certificates.Client();
        var folder = Directory.CreateTempSubdirectory("postmodtag-").FullName;
        var (file, trusted) = (Path.Combine(folder, "oces3.p12"), Path.Combine(folder, "trusted.pem"));
        await File.WriteAllBytesAsync(file, certificates.Pkcs12(client, "kodeord"));
        await File.WriteAllTextAsync(trusted, certificates.Pem);
        await using var digitalPost = await StandInDigitalPost.StartAsync(own);
        string[] settings = [.. Settings(digitalPost.Url), "--PostModtag:DigitalPost:Timeout=00:00:20", $"--PostModtag:DigitalPost:CertificateFile={file}", "--PostModtag:DigitalPost:CertificatePassword=kodeord", "--PostModtag:DigitalPost:Authorization=Basic c3lzdGVt"];

        await using (var distrusting = await Delivering.StartAsync(settings: settings))
        {
            var memo = new TestMemo();
            await distrusting.PostAsync(memo);
            (await distrusting.UntilAsync(memo, message => message.Outbox[0].Attempts > 0)).Outbox[0].Reason.ShouldBe("TlsFailed");
            digitalPost.Calls.ShouldBeEmpty();
        }

        await using var delivering = await Delivering.StartAsync(settings: [.. settings, $"--PostModtag:DigitalPost:TrustedCertificatesFile={trusted}"]);
        var told = new TestMemo();
        await delivering.PostAsync(told);
        await delivering.UntilAsync(told, message => message.Outbox[0].State == OutboxState.TAKEN);
        digitalPost.Callers.ShouldHaveSingleItem().ShouldBe((client.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256), "Basic c3lzdGVt"));
        Directory.Delete(folder, recursive: true);
    }

    internal static string[] Settings(string url) => [$"--PostModtag:DigitalPost:Url={url}", "--PostModtag:DigitalPost:Relay=true", "--PostModtag:DigitalPost:Timeout=00:00:01"];

    private async Task<List<TestMemo>> PostAsync(int count)
    {
        var memos = Enumerable.Range(0, count).Select(_ => new TestMemo()).ToList();
        foreach (var memo in memos)
            (await _delivering.PostAsync(memo)).Status.ShouldBe(200);
        return memos;
    }

    private Task<OutboxEntry> TakenAsync(TestMemo memo) => UntilAsync(memo, entry => entry.State == OutboxState.TAKEN);

    private async Task<OutboxEntry> UntilAsync(TestMemo memo, Func<OutboxEntry, bool> isSo) =>
        (await _delivering.UntilAsync(memo, message => message.Outbox.Count == 1 && isSo(message.Outbox[0]))).Outbox[0];
}
