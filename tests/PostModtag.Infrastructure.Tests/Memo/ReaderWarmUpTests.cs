using PostModtag.Application.Memo;
using PostModtag.Infrastructure.Memo;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>What the server reads before the first message comes: true messages, of which nothing stays.</summary>
public sealed class ReaderWarmUpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-warm-").FullName;

    [Theory]
    [InlineData("QUJDREVG")]
    [InlineData("<![CDATA[QUJDREVG]]>")]
    public async Task The_message_is_right_either_way(string content)
    {
        await using var infrastructure = TestInfrastructure.ForReading();
        await using var reading = await infrastructure.ReadAsync(ReaderWarmUp.Message(content));
        reading.ShouldBeOfType<MemoReading.Message>().Memo.Memo.ShouldNotBeNull().Files().ShouldHaveSingleItem().File.Content!.Length.ShouldBe(6);
    }

    [Fact]
    public async Task Reading_it_leaves_nothing_behind()
    {
        await using var infrastructure = await TestInfrastructure.StartAsync(_folder);
        var before = Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).ToList();

        await ReaderWarmUp.ReadAsync(infrastructure.Reader, CancellationToken.None);

        Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).ShouldBe(before, ignoreOrder: true);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
