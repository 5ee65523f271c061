using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Operation;
using PostModtag.Infrastructure.Storage;
using PostModtag.Infrastructure.Storage.Sqlite;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>
/// The power is cut while some messages are on their way to the disk, which came to write any part of them, and in any order. Those whose
/// senders were told are there; each of the others is there whole or not at all, and can come again.
/// </summary>
[Trait("Database", "SQLite")]
public sealed class PowerCutTests : IDisposable
{
    private const string Log = "postmodtag.db-wal";

    private readonly string _parent = Directory.CreateTempSubdirectory("postmodtag-power-").FullName;
    private readonly string _pack = Path.Combine("packs", "00000001");

    [Fact]
    public async Task Whatever_the_disk_came_to_write_of_the_pack_and_of_the_log()
    {
        List<TestMemo> told = [new(), new(), new TestMemo { Encoding = Encoding.Latin1 }];
        List<TestMemo> others = [new(), new TestMemo { Encoding = Encoding.Latin1 }, .. Enumerable.Range(0, 7).Select(_ => new TestMemo())];
        var folder = Path.Combine(_parent, "data");
        long log, pack, written;
        await using (var infrastructure = await TestInfrastructure.StartAsync(folder, replace: services => services.AddSingleton<DataFolder, HeldDisk>()))
        {
            foreach (var memo in told)
                await infrastructure.KeepAsync(memo);
            (log, pack) = (Length(folder, Log), await PackAsync(infrastructure));
            var disk = (HeldDisk)infrastructure.Folder;
            disk.Hold();

            // The first is on its way to the disk, and behind it so many that they do not wait for it.
            List<Task> keeping = [infrastructure.KeepAsync(others[0])];
            await CountedAsync(infrastructure, told.Count + 1);
            keeping.AddRange(others.Skip(1).Select(memo => infrastructure.KeepAsync(memo)));
            await CountedAsync(infrastructure, told.Count + others.Count);
            keeping.ShouldAllBe(each => !each.IsCompleted);
            Copy(folder, Path.Combine(_parent, "cut"));
            written = await PackAsync(infrastructure);
            disk.LetGo();
            await Task.WhenAll(keeping);
        }

        var cut = Path.Combine(_parent, "cut");
        var (lost, whole) = (0, 0);
        foreach (var logLength in Between(log, Length(cut, Log)))
        {
            foreach (var packLength in Between(pack, written))
            {
                foreach (var isLengthThere in new[] { true, false })
                {
                    var left = await LeftAsync(cut, logLength, packLength, isLengthThere, told, others);
                    whole += left == others.Count ? 1 : 0;
                    lost += left == 0 ? 1 : 0;
                }
            }
        }

        // All of it was tried: nothing had come to the disk, and everything had.
        whole.ShouldBePositive();
        lost.ShouldBePositive();
    }

    [Fact]
    public async Task The_first_pack_may_not_be_there_at_all()
    {
        var folder = Path.Combine(_parent, "data");
        var memo = new TestMemo();
        await using (var infrastructure = await TestInfrastructure.StartAsync(folder, replace: services => services.AddSingleton<DataFolder, HeldDisk>()))
        {
            var disk = (HeldDisk)infrastructure.Folder;
            disk.Hold();
            var keeping = infrastructure.KeepAsync(memo);
            await CountedAsync(infrastructure, 1);
            Copy(folder, Path.Combine(_parent, "cut"));
            disk.LetGo();
            await keeping;
        }

        File.Delete(Path.Combine(_parent, "cut", _pack));
        await using var started = await TestInfrastructure.StartAsync(Path.Combine(_parent, "cut"));

        (await started.Messages.FindAsync(memo.Uuid, CancellationToken.None)).ShouldBeNull();
        (await started.BytesAsync((await started.KeepAsync(memo)).Xml)).ShouldBe(memo.ToBytes());
    }

    [Fact]
    public async Task A_message_that_was_durable_when_the_server_ended_stays_whatever_becomes_of_its_content()
    {
        var folder = Path.Combine(_parent, "data");
        var memo = new TestMemo();
        await using (var infrastructure = await TestInfrastructure.StartAsync(folder))
            await infrastructure.KeepAsync(memo);
        Cut(Path.Combine(folder, _pack), 10, isLengthThere: true);

        await using var started = await TestInfrastructure.StartAsync(folder);

        (await started.Messages.FindAsync(memo.Uuid, CancellationToken.None)).ShouldNotBeNull();
        (await VerifyAsync(started)).ShouldContain(finding => finding.EndsWith("is damaged: its bytes have another SHA-256"));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    /// <summary>Starts on what the disk has, and says how many of the others are there. It then takes those that are not.</summary>
    private async Task<int> LeftAsync(string cut, long logLength, long packLength, bool isLengthThere, List<TestMemo> told, List<TestMemo> others)
    {
        var folder = Path.Combine(_parent, "again");
        Copy(cut, folder);
        Cut(Path.Combine(folder, Log), logLength, isLengthThere);
        Cut(Path.Combine(folder, _pack), packLength, isLengthThere);
        var left = 0;
        await using (var infrastructure = await TestInfrastructure.StartAsync(folder))
        {
            (await VerifyAsync(infrastructure)).ShouldBeEmpty();
            foreach (var memo in told)
                await IsWholeAsync(infrastructure, memo);
            foreach (var memo in others)
            {
                if (await infrastructure.Messages.FindAsync(memo.Uuid, CancellationToken.None) is null)
                    await infrastructure.KeepAsync(memo);
                else
                    left++;
                await IsWholeAsync(infrastructure, memo);
            }

            (await VerifyAsync(infrastructure)).ShouldBeEmpty();
        }

        Directory.Delete(folder, recursive: true);
        return left;
    }

    private static Task CountedAsync(TestInfrastructure infrastructure, int count) => Eventually.BeSoAsync(async () =>
    {
        await using var database = await infrastructure.Databases.CreateDbContextAsync();
        return await database.Messages.CountAsync() == count;
    });

    private static async Task IsWholeAsync(TestInfrastructure infrastructure, TestMemo memo)
    {
        var message = (await infrastructure.Messages.FindAsync(memo.Uuid, CancellationToken.None)).ShouldNotBeNull();
        (await infrastructure.BytesAsync(message.Xml)).ShouldBe(memo.ToBytes());
    }

    private static async Task<IReadOnlyList<string>> VerifyAsync(TestInfrastructure infrastructure) =>
        (await infrastructure.Services.GetRequiredService<IVerification>().RunAsync(new Progress<string>(), CancellationToken.None)).Findings;

    /// <summary>How much of the pack counts. Behind that is room.</summary>
    private static async Task<long> PackAsync(TestInfrastructure infrastructure)
    {
        await using var database = await infrastructure.Services.GetRequiredService<IDbContextFactory<SqliteDbContext>>().CreateDbContextAsync();
        return (await database.Packs.SingleAsync()).Length;
    }

    private static long Length(string folder, string file) => new FileInfo(Path.Combine(folder, file)).Length;

    /// <summary>What was durable, what was written, and some in between that end anywhere.</summary>
    private static IEnumerable<long> Between(long durable, long written) => Enumerable.Range(0, 6).Select(i => durable + ((written - durable) * i / 5)).Distinct();

    /// <summary>What is behind that length did not come to the disk: the file is shorter, or has zeros there.</summary>
    private static void Cut(string path, long length, bool isLengthThere)
    {
        using var file = File.OpenWrite(path);
        var before = file.Length;
        file.SetLength(length);
        if (isLengthThere)
            file.SetLength(before);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("lock", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = File.Create(target);
            source.CopyTo(copy);
        }
    }
}
