using System.Security.Cryptography;
using System.Text.Json;
using PostModtag.Contract.Administration;
using PostModtag.Domain.Deliveries;
using PostModtag.Testing;
using DeliveryConcern = PostModtag.Contract.Administration.DeliveryConcern;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>What comes back from a fagsystem decides, and nothing else does: every row of docs/delivery.md, in each of its forms.</summary>
[Operation("ReceiveMessage")]
public sealed class WhatComesBackTests(AnsweredRun run) : IClassFixture<AnsweredRun>
{
    public static TheoryData<string, WhenUndecided> Rows
    {
        get
        {
            var rows = new TheoryData<string, WhenUndecided>();
            foreach (var row in WhatComesBack.Rows)
            {
                rows.Add(row.Name, WhenUndecided.RESEND);
                rows.Add(row.Name, WhenUndecided.HOLD);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_message_is_decided_or_it_is_not_and_why_is_kept(string name, WhenUndecided whenUndecided)
    {
        var seen = run.Of(name, whenUndecided);
        var message = seen.AfterFirst;
        var attempt = message.Attempts.ShouldHaveSingleItem();

        (attempt.Number, attempt.Fagsystem, message.Summary.Fagsystem, message.Routing!.Fagsystem).ShouldBe((1, seen.Key, seen.Key, seen.Key));
        message.Concern.ShouldBe(message.Summary.Concern);
        switch (seen.Row.Decides)
        {
            case Decides.Final final:
                attempt.Result.ShouldBe(final.Code is null ? DeliveryAttemptResult.ACCEPTED : DeliveryAttemptResult.REJECTED);
                (attempt.Reason, attempt.HttpStatus, message.Concern, message.NextAttemptAt, message.HeldAt).ShouldBe((null, null, DeliveryConcern.NONE, null, null));
                message.Summary.State.ShouldBe(final.Code is null ? MessageState.ACCEPTED : MessageState.REJECTED);
                (message.Receipt!.ReceiptStatus, message.Receipt.ErrorCode, message.Receipt.ErrorMessage).ShouldBe((final.Status, final.Code, final.Text));
                break;
            case Decides.Taken:
                (attempt.Result, attempt.Reason, attempt.HttpStatus).ShouldBe((DeliveryAttemptResult.TAKEN, null, null));
                ShouldWait(seen, DeliveryConcern.NONE, null);
                break;
            case Decides.Nothing nothing:
                (attempt.Result, attempt.Reason, attempt.HttpStatus).ShouldBe((DeliveryAttemptResult.UNDECIDED, nothing.Reason, nothing.HttpStatus));
                ShouldWait(seen, nothing.Concern, nothing.RetryAfter);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_sender_is_told_what_is_so_and_no_more(string name, WhenUndecided whenUndecided)
    {
        var seen = run.Of(name, whenUndecided);
        var answer = JsonDocument.Parse(seen.First.Body).RootElement;

        if (seen.Row.Decides is not Decides.Final && whenUndecided == WhenUndecided.RESEND)
        {
            // Its own time, or the longer one that the fagsystem asked for.
            (seen.First.Status, answer.Text("code")).ShouldBe((503, "FAGSYSTEM_UNDECIDED"));
            seen.First.RetryAfter.ShouldBe((seen.Row.Decides as Decides.Nothing)?.RetryAfter ?? 60);
            return;
        }

        var (status, code, text) = seen.Row.Decides is Decides.Final final ? (final.Status, final.Code, final.Text) : ("RECEIVED", null, null);
        (seen.First.Status, seen.First.RetryAfter).ShouldBe((200, null));
        (answer.Text("receiptStatus"), answer.Text("errorCode"), answer.Text("errorMessage")).ShouldBe((status, code, text));
        answer.Text("messageUUID").ShouldBe(seen.Memo.MessageUuid);

        // The same again, byte for byte, and nobody is asked for it.
        seen.Again.ShouldBe(seen.First);
        seen.CallsBefore.ShouldBe(seen.Row.Answer is null ? 0 : 1);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_somebody_must_see_to_is_in_the_log_as_an_error(string name, WhenUndecided whenUndecided)
    {
        var seen = run.Of(name, whenUndecided);
        var written = seen.Log.Where(line => line.Contains("PostModtag.Application.Deliveries", StringComparison.Ordinal)).Select(line => line.Split(' ', 3)).Select(line => $"{line[0]} {line[1].Split('[')[1]}");

        written.ShouldBe(seen.Row.Decides switch
        {
            Decides.Nothing { Concern: DeliveryConcern.CONFIGURATION } => ["Error 105]"],
            Decides.Nothing { Concern: DeliveryConcern.PERSON } => ["Error 108]"],
            Decides.Nothing => ["Warning 104]"],
            _ => [],
        });
        if (seen.Row.Decides is Decides.Nothing nothing)
            seen.Log.ShouldContain(line => line.Contains(seen.Key, StringComparison.Ordinal) && line.Contains(nothing.Reason, StringComparison.Ordinal) && line.Contains($"HTTP status {(object?)nothing.HttpStatus ?? "(null)"}", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_same_fagsystem_is_asked_again_with_the_same_bytes_under_the_same_transaction(string name, WhenUndecided whenUndecided)
    {
        var seen = run.Of(name, whenUndecided);
        var times = seen.Row.Decides is Decides.Final ? 1 : 2;

        seen.AtEnd.Attempts.Select(attempt => attempt.Fagsystem).ShouldBe(Enumerable.Repeat(seen.Key, times));
        seen.Calls.Count.ShouldBe(seen.Row.Answer is null ? times - 1 : times);
        seen.Calls.ShouldAllBe(call => call.Method == "POST" && call.MessageUuid == seen.Memo.Uuid && call.Sha256 == Convert.ToHexStringLower(SHA256.HashData(seen.Memo.ToBytes())));
        seen.Calls.ShouldAllBe(call => call.Header("x-TransaktionsId") == seen.Transaction.ToString() && call.Header("Content-Type") == seen.ContentType);
        seen.AtEnd.TransactionId.ShouldBe(seen.Transaction);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_final_receipt_is_what_the_fagsystem_said_last(string name, WhenUndecided whenUndecided)
    {
        var seen = run.Of(name, whenUndecided);
        seen.Last.Status.ShouldBe(200);
        if (seen.Row.Decides is Decides.Final)
        {
            seen.Last.ShouldBe(seen.First);
            return;
        }

        JsonDocument.Parse(seen.Last.Body).RootElement.Text("receiptStatus").ShouldBe("COMPLETED");
        seen.AtEnd.Summary.State.ShouldBe(MessageState.ACCEPTED);
        (seen.AtEnd.NextAttemptAt, seen.AtEnd.Concern).ShouldBe((null, DeliveryConcern.NONE));
        seen.AtEnd.Attempts[^1].Result.ShouldBe(DeliveryAttemptResult.ACCEPTED);
    }

    [Fact]
    public void Nothing_is_sent_to_any_other_fagsystem() => run.Misled.ShouldBeEmpty();

    [Fact]
    public void The_page_has_each_row_and_no_other_and_its_reason()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "delivery.md"));
        var table = page.Split("## What comes back decides")[1].Split("\n\n").First(part => part.StartsWith("| what comes back", StringComparison.Ordinal));
        var documented = table.Split('\n')[2..].Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => (Row: cells[1], Reason: cells[3].Trim('`')));

        documented.ShouldBe(WhatComesBack.Rows.Select(row => (row.Documented, (row.Decides as Decides.Nothing)?.Reason ?? "")).Distinct());
    }

    [Fact]
    public async Task The_page_names_every_reason_and_every_concern_and_shows_a_connection_as_it_is()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "delivery.md"));
        var (reasons, concerns) = (Enum.GetNames<UndecidedReason>(), Enum.GetNames<DeliveryConcern>());
        reasons.Where(reason => !page.Contains($"| `{reason}` |", StringComparison.Ordinal)).ShouldBeEmpty();
        concerns.Where(concern => !page.Contains($"| `{concern}` |", StringComparison.Ordinal)).ShouldBeEmpty();

        var shown = page.Split('\n').Single(line => line.StartsWith("{\"state\":", StringComparison.Ordinal));
        await using var server = await TestServer.StartAsync();
        var actual = await server.Client.GetStringAsync("fagsystemer/indbakke/connection");
        Names(shown).ShouldBe(Names(actual));

        static IEnumerable<string> Names(string json) => JsonDocument.Parse(json).RootElement.EnumerateObject().Select(property => property.Name);
    }

    private static void ShouldWait(AnsweredRun.Seen seen, DeliveryConcern concern, int? retryAfter)
    {
        var message = seen.AfterFirst;
        message.Receipt.ShouldBeNull();
        message.Concern.ShouldBe(concern);
        if (seen.WhenUndecided == WhenUndecided.RESEND)
        {
            (message.Summary.State, message.HeldAt, message.NextAttemptAt).ShouldBe((MessageState.RECEIVED, null, null));
            return;
        }

        (message.Summary.State, message.HeldAt).ShouldBe((MessageState.HELD, WhatComesBack.Now));
        if (concern == DeliveryConcern.PERSON)
            message.NextAttemptAt.ShouldBeNull();
        else if (retryAfter is { } seconds)
            message.NextAttemptAt.ShouldBe(WhatComesBack.Now.AddSeconds(seconds));
        else
            message.NextAttemptAt!.Value.ShouldBeInRange(WhatComesBack.Now.AddSeconds(15), WhatComesBack.Now.AddSeconds(30));
    }
}
