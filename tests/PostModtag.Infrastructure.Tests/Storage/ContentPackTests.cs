using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage;
using PostModtag.Infrastructure.Storage.Sqlite;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>Small contents on SQLite lie in packs, and of those counts what the database says.</summary>
[Trait("Database", "SQLite")]
public sealed class ContentPackTests : IDisposable
{
    private const int Room = 1_000_000;

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("postmodtag-packs-").FullName, "data");

    [Fact]
    public async Task What_a_crash_left_behind_what_counts_is_dropped_by_the_next_start_and_the_rest_is_read_as_it_was()
    {
        var memo = new TestMemo();
        Message kept;
        await using (var infrastructure = await StartAsync())
            kept = await infrastructure.KeepAsync(memo);
        var length = new FileInfo(Pack(1)).Length;
        await File.AppendAllTextAsync(Pack(1), "half a message");
        await File.WriteAllTextAsync(Pack(2), "a pack that no commit knows");

        await using var restarted = await StartAsync();

        (new FileInfo(Pack(1)).Length, File.Exists(Pack(2))).ShouldBe((length, false));
        (await restarted.BytesAsync(kept.Xml)).ShouldBe(memo.ToBytes());
        var next = new TestMemo();
        (await restarted.BytesAsync((await restarted.KeepAsync(next)).Xml)).ShouldBe(next.ToBytes());
        (await restarted.BytesAsync(kept.Xml)).ShouldBe(memo.ToBytes());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pack_that_lost_something_is_found_at_the_start(bool isGone)
    {
        await using (var infrastructure = await StartAsync())
            await infrastructure.KeepAsync(new TestMemo());
        if (isGone)
            File.Delete(Pack(1));
        else
            await File.WriteAllBytesAsync(Pack(1), (await File.ReadAllBytesAsync(Pack(1)))[..^1]);

        (await Should.ThrowAsync<StorageUnavailableException>(StartAsync)).Message.ShouldEndWith("Bring the data folder back from a backup.");
    }

    [Fact]
    public async Task A_message_that_is_not_kept_leaves_nothing_in_the_pack()
    {
        await using var infrastructure = await StartAsync();
        var memo = new TestMemo { Label = "Første" };
        await infrastructure.KeepAsync(memo);
        await using (var again = await infrastructure.ReadAsync(new TestMemo { MessageUuid = memo.MessageUuid, Label = "Anden, som er længere end den første" }))
            (await infrastructure.Messages.AddAsync(TestMessages.Receive(again.Memo), again.Contents, CancellationToken.None)).ShouldBeFalse();

        (await PackAsync(infrastructure)).ShouldBe(memo.ToBytes());
    }

    [Fact]
    public async Task What_comes_goes_where_the_file_has_zeros_already()
    {
        await using var infrastructure = await StartAsync();
        List<TestMemo> memos = [new()];
        await infrastructure.KeepAsync(memos[0]);
        var length = new FileInfo(Pack(1)).Length;
        length.ShouldBe(memos[0].ToBytes().Length + Room);

        while (memos.Sum(memo => memo.ToBytes().Length) + 100_000 < length)
        {
            memos.Add(Larger());
            await infrastructure.KeepAsync(memos[^1]);
            new FileInfo(Pack(1)).Length.ShouldBe(length);
        }

        while (memos.Sum(memo => memo.ToBytes().Length) <= length)
        {
            memos.Add(Larger());
            await infrastructure.KeepAsync(memos[^1]);
        }

        byte[] all = [.. memos.SelectMany(memo => memo.ToBytes())];
        new FileInfo(Pack(1)).Length.ShouldBe(all.Length + Room);
        (await PackAsync(infrastructure)).ShouldBe(all);
    }

    [Fact]
    public async Task A_server_that_ends_leaves_no_room_behind_the_contents()
    {
        var memo = new TestMemo();
        await using (var infrastructure = await StartAsync())
            await infrastructure.KeepAsync(memo);

        (await File.ReadAllBytesAsync(Pack(1))).ShouldBe(memo.ToBytes());
    }

    [Fact]
    public async Task Nothing_is_left_of_a_message_that_is_not_kept_among_others_that_are()
    {
        await using var infrastructure = await StartAsync();
        var first = new TestMemo();
        await infrastructure.KeepAsync(first);
        var (refused, next) = (new TestMemo { MessageUuid = first.MessageUuid, Label = "Skal ikke findes" }, new TestMemo());
        await using var refusedReading = await infrastructure.ReadAsync(refused);
        await using var nextReading = await infrastructure.ReadAsync(next);
        var nextMessage = TestMessages.Receive(nextReading.Memo);
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var heldUp = infrastructure.Services.GetRequiredService<DatabaseWriter>().WriteAsync(
            async _ =>
            {
                begun.SetResult();
                await go.Task;
                return true;
            },
            CancellationToken.None);
        await begun.Task;
        var adding = new[]
        {
            infrastructure.Messages.AddAsync(TestMessages.Receive(refusedReading.Memo), refusedReading.Contents, CancellationToken.None),
            infrastructure.Messages.AddAsync(nextMessage, nextReading.Contents, CancellationToken.None),
        };
        go.SetResult();

        await heldUp;
        (await Task.WhenAll(adding)).ShouldBe([false, true]);

        var pack = await PackAsync(infrastructure);
        pack.Length.ShouldBe(first.ToBytes().Length + refused.ToBytes().Length + next.ToBytes().Length);
        pack.AsSpan().IndexOf(Encoding.UTF8.GetBytes(refused.Label)).ShouldBe(-1);
        (await infrastructure.BytesAsync(nextMessage.Xml)).ShouldBe(next.ToBytes());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_commit_that_failed_the_next_content_goes_where_the_database_says(bool wasMade)
    {
        var fault = new CommitFault { WasMade = wasMade };
        await using var infrastructure = await TestInfrastructure.StartAsync(_folder, interceptor: fault);
        var first = new TestMemo();
        var kept = await infrastructure.KeepAsync(first);
        var lost = new TestMemo();
        fault.IsArmed = true;
        await Should.ThrowAsync<SqliteException>(() => infrastructure.KeepAsync(lost));
        fault.IsArmed = false;

        var next = new TestMemo();
        var nextKept = await infrastructure.KeepAsync(next);

        (await infrastructure.BytesAsync(kept.Xml)).ShouldBe(first.ToBytes());
        (await infrastructure.BytesAsync(nextKept.Xml)).ShouldBe(next.ToBytes());
        var found = await infrastructure.Messages.FindAsync(lost.Uuid, CancellationToken.None);
        (found is not null).ShouldBe(wasMade);
        if (found is not null)
            (await infrastructure.BytesAsync(found.Xml)).ShouldBe(lost.ToBytes());
        (await PackAsync(infrastructure)).Length.ShouldBe(first.ToBytes().Length + next.ToBytes().Length + (wasMade ? lost.ToBytes().Length : 0));
    }

    [Fact]
    public async Task A_pack_that_is_full_is_followed_by_another()
    {
        await using (var infrastructure = await StartAsync())
            await infrastructure.KeepAsync(new TestMemo());
        const long Nearly = 255_999_999;
        await using (var file = new FileStream(Pack(1), FileMode.Open))
            file.SetLength(Nearly);
        var (last, next) = (new TestMemo(), new TestMemo());
        Message lastKept, nextKept;
        await using (var full = new TestInfrastructure(_folder))
        {
            await SetLengthAsync(full, Nearly);
            await full.StartAsync();
            lastKept = await full.KeepAsync(last);
            var lengthWithRoom = new FileInfo(Pack(1)).Length;
            nextKept = await full.KeepAsync(next);

            (lengthWithRoom, new FileInfo(Pack(1)).Length, new FileInfo(Pack(2)).Length).ShouldBe(
                (Nearly + last.ToBytes().Length + Room, Nearly + last.ToBytes().Length, next.ToBytes().Length + Room));
        }

        await using var restarted = await StartAsync();
        (await restarted.BytesAsync(lastKept.Xml)).ShouldBe(last.ToBytes());
        (await restarted.BytesAsync(nextKept.Xml)).ShouldBe(next.ToBytes());
    }

    [Fact]
    public async Task A_full_disk_keeps_nothing_of_the_message_and_the_next_one_is_kept()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var infrastructure = await TestInfrastructure.StartAsync(_folder, replace: services => services.AddSingleton<DataFolder, FullDisk>());
        var folder = (FullDisk)infrastructure.Folder;
        await infrastructure.KeepAsync(new TestMemo());
        folder.IsFullForPacks = true;
        var lost = new TestMemo();
        infrastructure.Services.GetRequiredService<ContentPacks>().Dispose();
        await Should.ThrowAsync<IOException>(() => infrastructure.KeepAsync(lost));
        folder.IsFullForPacks = false;
        infrastructure.Services.GetRequiredService<ContentPacks>().Dispose();

        (await infrastructure.Messages.FindAsync(lost.Uuid, CancellationToken.None)).ShouldBeNull();
        var next = new TestMemo();
        (await infrastructure.BytesAsync((await infrastructure.KeepAsync(next)).Xml)).ShouldBe(next.ToBytes());
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    private static async Task SetLengthAsync(TestInfrastructure infrastructure, long length)
    {
        await using var database = await infrastructure.Services.GetRequiredService<IDbContextFactory<SqliteDbContext>>().CreateDbContextAsync();
        await database.Packs.ExecuteUpdateAsync(update => update.SetProperty(pack => pack.Length, length));
    }

    /// <summary>The first pack, as far as it counts. Behind that it has nothing but zeros.</summary>
    private async Task<byte[]> PackAsync(TestInfrastructure infrastructure)
    {
        await using var database = await infrastructure.Services.GetRequiredService<IDbContextFactory<SqliteDbContext>>().CreateDbContextAsync();
        var length = (int)(await database.Packs.SingleAsync()).Length;
        var file = await File.ReadAllBytesAsync(Pack(1));
        file.AsSpan(length).ContainsAnyExcept((byte)0).ShouldBeFalse();
        return file[..length];
    }

    private static TestMemo Larger()
    {
        var memo = new TestMemo();
        memo.Files.Add(("plan.bin", "application/octet-stream", new byte[60_000]));
        return memo;
    }

    private Task<TestInfrastructure> StartAsync() => TestInfrastructure.StartAsync(_folder);

    private string Pack(int number) => Path.Combine(_folder, "packs", $"{number:D8}");

    /// <summary>Fails a commit before or after SQLite has made it.</summary>
    private sealed class CommitFault : DbTransactionInterceptor
    {
        public bool IsArmed { get; set; }

        public bool WasMade { get; init; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            IsArmed && !WasMade ? throw Fault() : new(result);

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            IsArmed && WasMade ? throw Fault() : Task.CompletedTask;

        private static SqliteException Fault() => new("disk I/O error", SQLitePCL.raw.SQLITE_IOERR);
    }
}
