using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Outbox;
using PostModtag.Infrastructure.Storage;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>On SQLite, what is committed is made durable while the next is made; nobody hears of it before.</summary>
[Trait("Database", "SQLite")]
public sealed class CommitSyncTests : IAsyncLifetime
{
    // So many do not wait for the disk.
    private const int Enough = 8;

    private TestInfrastructure _infrastructure = null!;

    private HeldDisk Disk => (HeldDisk)_infrastructure.Folder;

    public async Task InitializeAsync() =>
        _infrastructure = await TestInfrastructure.StartAsync(
            configure: options => options.DigitalPost.Relay = true, replace: services => services.AddSingleton<DataFolder, HeldDisk>());

    public async Task DisposeAsync()
    {
        Disk.LetGo();
        Disk.IsBroken = false;
        await _infrastructure.DisposeAsync();
    }

    [Fact]
    public async Task While_the_disk_takes_one_message_others_are_made_and_no_sender_hears_of_any()
    {
        Disk.Hold();
        var first = _infrastructure.KeepAsync(new TestMemo());
        await CountedAsync(1);
        var others = Enumerable.Range(0, Enough).Select(_ => _infrastructure.KeepAsync(new TestMemo())).ToList();
        await CountedAsync(1 + Enough);

        others.Append(first).ShouldAllBe(keeping => !keeping.IsCompleted);
        Disk.LetGo();

        await Task.WhenAll(others.Append(first));
    }

    [Fact]
    public async Task The_log_and_the_pack_go_to_the_disk_beside_each_other()
    {
        Disk.Hold();
        var keeping = _infrastructure.KeepAsync(new TestMemo());

        await Eventually.BeSoAsync(() => Disk.UnderWay == 2);
        keeping.IsCompleted.ShouldBeFalse();
        Disk.LetGo();

        await keeping;
    }

    [Fact]
    public async Task A_few_that_come_while_the_disk_takes_others_are_made_when_it_has()
    {
        Disk.Hold();
        var first = _infrastructure.KeepAsync(new TestMemo());
        await CountedAsync(1);
        var few = Enumerable.Range(1, Enough - 1).Select(_ => _infrastructure.KeepAsync(new TestMemo())).ToList();

        first.IsCompleted.ShouldBeFalse();
        Disk.LetGo();

        await Task.WhenAll(few.Append(first));
    }

    [Fact]
    public async Task What_is_read_is_told_only_when_it_is_durable()
    {
        Disk.Hold();
        var memo = new TestMemo();
        var keeping = _infrastructure.KeepAsync(memo);
        await CountedAsync(1);

        var reading = _infrastructure.Messages.FindAsync(memo.Uuid, CancellationToken.None);
        var copy = _infrastructure.Messages.FindRefusedCopyAsync(memo.Uuid, new string('0', 64), CancellationToken.None);
        reading.IsCompleted.ShouldBeFalse();
        copy.IsCompleted.ShouldBeFalse();
        var writer = _infrastructure.Services.GetRequiredService<DatabaseWriter>();
        var settling = writer.SettleAsync();
        settling.IsCompleted.ShouldBeFalse();
        Disk.LetGo();

        (await reading).ShouldNotBeNull();
        (await copy).ShouldBeNull();
        await Task.WhenAll(keeping, settling);
        await Eventually.BeSoAsync(() => writer.SettleAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task No_receipt_is_sent_of_a_decision_that_a_power_cut_could_take_back()
    {
        Disk.Hold();
        var memo = new TestMemo();
        var deciding = _infrastructure.KeepAsync(memo, before: message =>
        {
            message.RouteTo("indbakke");
            message.Accept(TestMessages.Now);
        });
        await CountedAsync(1);

        // SQLite answers before the call returns, so what is waited for is the disk.
        var receipt = _infrastructure.Services.GetRequiredService<IOutbox>().FindNextReceiptAsync(CancellationToken.None);
        receipt.IsCompleted.ShouldBeFalse();
        Disk.LetGo();

        (await receipt).ShouldNotBeNull().MessageUuid.ShouldBe(memo.Uuid);
        await deciding;
    }

    [Fact]
    public async Task A_message_that_is_known_is_no_news_before_it_is_durable()
    {
        Disk.Hold();
        var memo = new TestMemo();
        var keeping = _infrastructure.KeepAsync(memo);
        await CountedAsync(1);
        await using var reading = await _infrastructure.ReadAsync(memo);

        var again = _infrastructure.Messages.AddAsync(TestMessages.Receive(reading.Memo), reading.Contents, CancellationToken.None);
        // Those that came with it have been made: so has this one been refused.
        var others = Enumerable.Range(1, Enough - 1).Select(_ => _infrastructure.KeepAsync(new TestMemo())).ToList();
        await CountedAsync(Enough);
        again.IsCompleted.ShouldBeFalse();
        Disk.LetGo();

        (await again).ShouldBeFalse();
        await Task.WhenAll(others.Append(keeping));
    }

    [Fact]
    public async Task After_a_sync_that_failed_nothing_is_told_until_all_was_written_again()
    {
        for (var i = 0; i < 20; i++)
            await _infrastructure.KeepAsync(new TestMemo());
        var log = new FileInfo(_infrastructure.Folder.DatabaseLog).Length;
        Disk.IsBroken = true;
        var memo = new TestMemo();

        await Should.ThrowAsync<IOException>(() => _infrastructure.KeepAsync(memo));
        await Should.ThrowAsync<IOException>(() => _infrastructure.Messages.FindAsync(memo.Uuid, CancellationToken.None));
        await Should.ThrowAsync<IOException>(() => _infrastructure.KeepAsync(new TestMemo()));
        Disk.IsBroken = false;
        var next = new TestMemo();
        await _infrastructure.KeepAsync(next);

        // All that was in the log is in the database's own file.
        new FileInfo(_infrastructure.Folder.DatabaseLog).Length.ShouldBeLessThan(log);
        (await _infrastructure.Messages.FindAsync(next.Uuid, CancellationToken.None)).ShouldNotBeNull();
        var kept = (await _infrastructure.Messages.FindAsync(memo.Uuid, CancellationToken.None)).ShouldNotBeNull();
        (await _infrastructure.BytesAsync(kept.Xml)).ShouldBe(memo.ToBytes());
    }

    /// <summary>Waits until that many messages are committed, durable or not.</summary>
    private Task CountedAsync(int count) => Eventually.BeSoAsync(async () =>
    {
        await using var database = await _infrastructure.Databases.CreateDbContextAsync();
        return await database.Messages.CountAsync() == count;
    });
}
