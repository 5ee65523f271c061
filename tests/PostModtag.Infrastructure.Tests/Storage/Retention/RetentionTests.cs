using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Outbox;
using PostModtag.Application.Retention;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage.Retention;

/// <summary>What is kept no longer is deleted, and no byte of it is left anywhere.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestMessages.Now;
    private static readonly RetentionScope All = new([], IsOthers: true);

    private readonly string _parent = Directory.CreateTempSubdirectory("postmodtag-retention-").FullName;
    private TestInfrastructure _infrastructure = null!;

    private string DataFolder => Path.Combine(_parent, "data");

    private IRetentionStore Retention => _infrastructure.Services.GetRequiredService<IRetentionStore>();

    public async Task InitializeAsync() => _infrastructure = await StartAsync();

    public async Task DisposeAsync()
    {
        await _infrastructure.DisposeAsync();
        TestDatabase.Drop(DataFolder);
        Directory.Delete(_parent, recursive: true);
    }

    [Theory]
    [InlineData(true, 10)]
    [InlineData(false, 10)]
    [InlineData(true, 300_000)]
    [InlineData(false, 300_000)]
    public async Task After_its_time_no_byte_of_a_messages_contents_is_left_and_later_none_of_the_message(bool isUtf8, int size)
    {
        var memo = new TestMemo { Label = "Mærkeligt-navn-4711", SenderLabel = "Xaver Ubekendt-4712" };
        if (!isUtf8)
            memo.Encoding = Encoding.Latin1;
        memo.Files.Clear();
        memo.Files.Add(("brev.txt", "text/plain", [.. Encoding.UTF8.GetBytes("Indholdet-4713"), .. Enumerable.Repeat((byte)'x', size)]));
        var other = new TestMemo();
        var message = await _infrastructure.KeepAsync(memo, before: Decide);
        var kept = await _infrastructure.KeepAsync(other, before: message => Decide(message, Now.AddHours(1)));
        await _infrastructure.Messages.AddRefusedCopyAsync(RefusedCopy.Refuse(await _infrastructure.ReadMessageAsync(memo.ToBytes()), Now), CancellationToken.None);
        (await EverythingAsync()).ShouldContain("Ubekendt-4712");

        (await Retention.DeleteContentsAsync(All, Now.AddHours(1), Now.AddDays(30), 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(1);
        (await Retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();

        var without = (await _infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None))!;
        (without.ContentsDeletedAt, without.Summary.Label, without.Receipt).ShouldBe((Now.AddDays(30), memo.Label, message.Receipt));
        var left = await EverythingAsync();
        left.ShouldNotContain("Indholdet-4713");
        left.ShouldNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("Indholdet-4713"))[..16]);
        left.ShouldNotContain($"<memo:messageUUID>{memo.MessageUuid}");
        (await _infrastructure.BytesAsync(kept.Xml)).ShouldBe(other.ToBytes());
        _infrastructure.LargeContents().ShouldBeEmpty();

        (await Retention.DeleteContentsAsync(All, Now.AddHours(1), Now.AddDays(30), 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(0);
        (await Retention.DeleteMessagesAsync(All, Now.AddHours(1), 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(1);
        (await Retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();
        (await _infrastructure.Messages.FindWholeAsync(message.MessageUuid, CancellationToken.None)).ShouldBeNull();
        left = await EverythingAsync();
        foreach (var needle in new[] { "navn-4711", "Ubekendt-4712", "Indholdet-4713", memo.MessageUuid, memo.MessageUuid.ToUpperInvariant() })
            left.ShouldNotContain(needle);
        (await _infrastructure.BytesAsync(kept.Xml)).ShouldBe(other.ToBytes());
    }

    [Fact]
    public async Task A_message_goes_whole_when_its_contents_have_not_gone_before()
    {
        var memo = new TestMemo { Label = "Mærkeligt-navn-4711" };
        await _infrastructure.KeepAsync(memo, before: Decide);

        (await Retention.DeleteMessagesAsync(All, Now.AddHours(1), 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(1);
        (await Retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();

        var left = await EverythingAsync();
        left.ShouldNotContain("navn-4711");
        left.ShouldNotContain(memo.MessageUuid);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_deleted_without_being_in_the_audit_trail_and_nothing_is_there_that_was_not_deleted(bool isContents)
    {
        Task<int> DeleteAsync(DateTimeOffset before, Func<int, AuditEntry> entry) => isContents
            ? Retention.DeleteContentsAsync(All, before, Now, 2, entry, CancellationToken.None)
            : Retention.DeleteMessagesAsync(All, before, 2, entry, CancellationToken.None);
        async Task<IEnumerable<string>> SaidAsync() => (await _infrastructure.Services.GetRequiredService<IAuditTrail>()
            .FindAsync(among: null, authority: null, fagsystem: null, beforeId: null, 10, CancellationToken.None)).Select(entry => entry.Detail);
        var messages = new List<Message>();
        foreach (var _ in Enumerable.Range(0, 3))
            messages.Add(await _infrastructure.KeepAsync(new TestMemo(), before: Decide));

        (await DeleteAsync(Now.AddHours(-1), TestMessages.Deleted)).ShouldBe(0);
        await Should.ThrowAsync<NotSupportedException>(() => DeleteAsync(Now.AddHours(1), _ => throw new NotSupportedException()));
        (await SaidAsync()).ShouldBeEmpty();
        foreach (var message in messages)
            (await _infrastructure.BytesAsync(message.Xml)).ShouldNotBeEmpty();

        (await DeleteAsync(Now.AddHours(1), TestMessages.Deleted)).ShouldBe(2);
        (await DeleteAsync(Now.AddHours(1), TestMessages.Deleted)).ShouldBe(1);
        (await SaidAsync()).ShouldBe(["1 deleted", "2 deleted"]);
    }

    [Fact]
    public async Task What_is_not_decided_or_not_due_or_is_still_to_be_told_to_others_stays()
    {
        var undecided = await _infrastructure.KeepAsync(new TestMemo());
        var late = await _infrastructure.KeepAsync(new TestMemo(), before: message => Decide(message, Now.AddHours(2)));
        var told = await _infrastructure.KeepAsync(new TestMemo(), before: Decide);
        await _infrastructure.Services.GetRequiredService<IOutbox>().AddAsync(OutboxEntry.CopyOf(told, "arkiv"), CancellationToken.None);

        (await Retention.DeleteContentsAsync(All, Now.AddHours(1), Now, 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(0);
        (await Retention.DeleteMessagesAsync(All, Now.AddHours(1), 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(0);

        foreach (var message in new[] { undecided, late, told })
            (await _infrastructure.BytesAsync(message.Xml)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_authority_may_have_a_time_of_its_own_and_those_without_a_recipient_are_among_the_others()
    {
        var own = await _infrastructure.KeepAsync(new TestMemo { RecipientId = "90000001" }, before: Decide);
        var other = await _infrastructure.KeepAsync(new TestMemo { RecipientId = "90000002" }, before: Decide);

        (await Retention.DeleteContentsAsync(new RetentionScope(["90000001"], IsOthers: false), Now.AddHours(1), Now, 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(1);
        (await ContentsDeletedAsync(own), await ContentsDeletedAsync(other)).ShouldBe((true, false));
        TestDatabase.Execute(DataFolder, $"""UPDATE "Messages" SET "Summary_RecipientId" = NULL WHERE "Id" = {other.Id}""");
        (await Retention.DeleteContentsAsync(new RetentionScope(["90000001"], IsOthers: true), Now.AddHours(1), Now, 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(1);
        (await ContentsDeletedAsync(other)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(300_000)]
    public async Task A_content_that_two_messages_have_goes_with_the_second(int size)
    {
        var (one, other) = (TestMessages.WithFile(size), TestMessages.WithFile(size));
        await _infrastructure.KeepAsync(one, before: Decide);
        var last = await _infrastructure.KeepAsync(other, before: message => Decide(message, Now.AddHours(2)));

        (await Retention.DeleteContentsAsync(All, Now.AddHours(1), Now, 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(1);
        (await Retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();
        (await _infrastructure.BytesAsync(last.Files[^1].Content)).ShouldBe(other.Files[^1].Content);

        (await Retention.DeleteContentsAsync(All, Now.AddHours(3), Now, 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(1);
        (await Retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();
        await Should.ThrowAsync<IOException>(() => _infrastructure.BytesAsync(last.Files[^1].Content));
        _infrastructure.LargeContents().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(300_000)]
    public async Task A_content_that_comes_again_before_it_is_overwritten_is_the_new_messages(int size)
    {
        var again = TestMessages.WithFile(size);
        await _infrastructure.KeepAsync(TestMessages.WithFile(size), before: Decide);
        (await Retention.DeleteContentsAsync(All, Now.AddHours(1), Now, 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(1);
        var kept = await _infrastructure.KeepAsync(again, before: message => Decide(message, Now.AddHours(2)));

        (await Retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();

        (await _infrastructure.BytesAsync(kept.Files[^1].Content)).ShouldBe(again.Files[^1].Content);
        (await _infrastructure.BytesAsync(kept.Xml)).ShouldBe(again.ToBytes());
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task What_a_crash_kept_from_being_overwritten_is_overwritten_after_the_next_start()
    {
        var memo = new TestMemo { Label = "Mærkeligt-navn-4711" };
        await _infrastructure.KeepAsync(memo, before: Decide);
        await Retention.DeleteMessagesAsync(All, Now.AddHours(1), 10, TestMessages.Deleted, CancellationToken.None);
        await _infrastructure.DisposeAsync();
        (await EverythingAsync()).ShouldContain("navn-4711");

        _infrastructure = await StartAsync();
        (await Retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();

        (await EverythingAsync()).ShouldNotContain("navn-4711");
        (await Retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task Nothing_is_overwritten_while_a_backup_copies_it()
    {
        await _infrastructure.KeepAsync(new TestMemo { Label = "Mærkeligt-navn-4711" }, before: Decide);
        await Retention.DeleteMessagesAsync(All, Now.AddHours(1), 10, TestMessages.Deleted, CancellationToken.None);
        using (_infrastructure.Folder.TryTakeContents())
            (await Retention.EraseAsync(CancellationToken.None)).ShouldBeFalse();
        (await EverythingAsync()).ShouldContain("navn-4711");

        (await Retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();
        (await EverythingAsync()).ShouldNotContain("navn-4711");
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_pack_of_which_nothing_is_left_gives_its_room_back()
    {
        await _infrastructure.KeepAsync(new TestMemo(), before: Decide);
        await _infrastructure.DisposeAsync();
        TestDatabase.Execute(DataFolder, """INSERT INTO "ContentPacks" ("Number", "Length", "Erased") VALUES (2, 0, 0)""");
        await File.WriteAllBytesAsync(Pack(2), []);
        _infrastructure = await StartAsync();
        var next = await _infrastructure.KeepAsync(new TestMemo(), before: message => Decide(message, Now.AddHours(2)));
        new FileInfo(Pack(2)).Length.ShouldBeGreaterThan(0);

        await Retention.DeleteContentsAsync(All, Now.AddHours(1), Now, 10, TestMessages.Deleted, CancellationToken.None);
        (await Retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();
        File.Exists(Pack(1)).ShouldBeFalse();

        // The last one is written on.
        await Retention.DeleteContentsAsync(All, Now.AddHours(3), Now, 10, TestMessages.Deleted, CancellationToken.None);
        (await Retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();
        File.Exists(Pack(2)).ShouldBeTrue();
        await _infrastructure.DisposeAsync();
        _infrastructure = await StartAsync();
        (await ContentsDeletedAsync(next)).ShouldBeTrue();
        (await _infrastructure.BytesAsync((await _infrastructure.KeepAsync(new TestMemo())).Xml)).ShouldNotBeEmpty();
    }

    private static void Decide(Message message) => Decide(message, Now);

    private static void Decide(Message message, DateTimeOffset at)
    {
        message.RouteTo("indbakke");
        message.Record(new DeliveryOutcome.Accepted(), at, at);
    }

    private async Task<bool> ContentsDeletedAsync(Message message) => (await _infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None))!.ContentsDeletedAt is not null;

    private Task<TestInfrastructure> StartAsync() => TestInfrastructure.StartAsync(DataFolder);

    private string Pack(int number) => Path.Combine(DataFolder, "packs", $"{number:D8}");

    /// <summary>All that is kept: the raw bytes of every file, or every row of every table in PostgreSQL.</summary>
    private async Task<string> EverythingAsync()
    {
        var all = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(DataFolder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("lock", StringComparison.Ordinal)))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(open, Encoding.Latin1);
            all.Append(await reader.ReadToEndAsync());
        }

        if (TestDatabase.IsPostgreSql)
        {
            await using var database = await _infrastructure.Databases.CreateDbContextAsync();
#pragma warning disable EF1002 // What is put in are the model's own names.
            foreach (var table in database.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct())
                all.AppendJoin('\n', await database.Database.SqlQueryRaw<string>($"SELECT row::text AS \"Value\" FROM \"{table}\" AS row").ToListAsync());
            foreach (var (table, column) in new[] { ("Contents", "Bytes"), ("ContentPieces", "Bytes") })
                all.AppendJoin('\n', await database.Database.SqlQueryRaw<string>($"SELECT encode(\"{column}\", 'escape') AS \"Value\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL").ToListAsync());
#pragma warning restore EF1002
        }

        return all.ToString();
    }
}
