using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>What a crash left is mended at the next start.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("postmodtag-recovery-").FullName, "data");

    [Fact]
    public async Task Files_that_nothing_refers_to_are_dropped()
    {
        Message kept;
        await using (var infrastructure = await StartAsync())
        {
            kept = await infrastructure.KeepAsync(TestMessages.WithFile(50_000));
            foreach (var left in new[] { $"{Guid.NewGuid():N}.part", $"{new string('a', 64)}~{Guid.NewGuid():N}", "x", "~" })
                await File.WriteAllTextAsync(Path.Combine(infrastructure.Folder.Incoming, left), "rest");
        }

        await using var restarted = await StartAsync();

        restarted.IncomingFiles().ShouldBeEmpty();
        restarted.LargeContents().Count.ShouldBe(2);
        (await restarted.BytesAsync(kept.Files[1].Content)).Length.ShouldBe(50_000);
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_file_that_the_database_refers_to_goes_to_its_place()
    {
        Message kept;
        var memo = TestMessages.WithFile(50_000);
        await using (var infrastructure = await StartAsync())
        {
            kept = await infrastructure.KeepAsync(memo);

            // As it was between the commit and the move.
            var sha256 = kept.Files[1].Content.Sha256;
            File.Move(Path.Combine(infrastructure.Folder.Contents, sha256[..2], sha256), Path.Combine(infrastructure.Folder.Incoming, $"{sha256}~{Guid.NewGuid():N}"));
            (await infrastructure.BytesAsync(kept.Files[1].Content)).ShouldBe(memo.Files[1].Content);
        }

        await using var restarted = await StartAsync();

        restarted.IncomingFiles().ShouldBeEmpty();
        restarted.LargeContents().ShouldContain(kept.Files[1].Content.Sha256);
        (await restarted.BytesAsync(kept.Files[1].Content)).ShouldBe(memo.Files[1].Content);
    }

    [Fact]
    public async Task What_a_server_kept_is_there_for_the_next_one()
    {
        var memo = new TestMemo();
        await using (var infrastructure = await StartAsync())
            await infrastructure.KeepAsync(memo);

        await using var restarted = await StartAsync();

        (await restarted.Messages.FindAsync(memo.Uuid, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_content_that_was_small_and_now_counts_as_large_is_not_kept_twice()
    {
        var memo = TestMessages.WithFile(50_000);
        await using (var infrastructure = await TestInfrastructure.StartAsync(_folder))
            await infrastructure.KeepAsync(memo);
        await using var restarted = await StartAsync();
        var again = TestMessages.WithFile(50_000);
        again.Files.Add(again.Files[1]);

        var kept = await restarted.KeepAsync(again);

        restarted.LargeContents().ShouldBe([kept.Xml.Sha256]);
        restarted.IncomingFiles().ShouldBeEmpty();
        foreach (var file in kept.Files.Skip(1))
            (await restarted.BytesAsync(file.Content)).ShouldBe(memo.Files[1].Content);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    private Task<TestInfrastructure> StartAsync() => TestInfrastructure.StartAsync(_folder, options => options.InlineContentBytes = 1_000);
}
