using Microsoft.Extensions.DependencyInjection;
using PostModtag.Infrastructure.Storage;

using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>What a message wrote before the disk was full is given back.</summary>
[Trait("Database", "SQLite")]
public sealed class FullDiskTests
{
    [Theory]
    [InlineData(30_000)]
    [InlineData(1_000_000)]
    public async Task A_message_that_does_not_fit_leaves_no_file(int size)
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var infrastructure = await StartAsync();
        var memo = TestMessages.WithFile(size);
        memo.Files.Add(("to.bin", "image/png", new byte[size]));

        // A small rest stays in a file's buffer until the file is made durable; a large one fails at once.
        await Should.ThrowAsync<IOException>(async () =>
        {
            await using var reading = await infrastructure.ReadAsync(memo);
            await infrastructure.Messages.AddAsync(TestMessages.Receive(reading.Memo), reading.Contents, CancellationToken.None);
        });

        infrastructure.IncomingFiles().ShouldBeEmpty();
        (await infrastructure.Messages.FindAsync(memo.Uuid, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Contents_are_discarded_one_and_all()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var infrastructure = await StartAsync();
        await using (var contents = infrastructure.Contents.Stage())
        {
            for (var i = 0; i < 3; i++)
                await contents.Add().WriteAsync(new byte[2_000], CancellationToken.None);
            infrastructure.IncomingFiles().Count.ShouldBe(3);
        }

        infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    private static Task<TestInfrastructure> StartAsync() => TestInfrastructure.StartAsync(
        configure: options => options.InlineContentBytes = 1_000, replace: services => services.AddSingleton<DataFolder, FullDisk>());
}
