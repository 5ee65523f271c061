using Microsoft.EntityFrameworkCore;
using PostModtag.Domain.Messages;

using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>Small contents are in packs, or in PostgreSQL's rows, and large ones in files, or in pieces; nothing is left on the way.</summary>
public sealed class ContentPlaceTests : IAsyncLifetime
{
    private const int Limit = 100_000;

    private TestInfrastructure _infrastructure = null!;

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync(configure: options => options.InlineContentBytes = Limit);

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(Limit, false)]
    [InlineData(Limit + 1, true)]
    [InlineData(1_000_000, true)]
    public async Task A_content_goes_to_a_file_only_when_it_is_larger_than_the_limit(int size, bool toFile)
    {
        var memo = TestMessages.WithFile(size);

        var content = (await _infrastructure.KeepAsync(memo)).Files[1].Content;

        _infrastructure.LargeContents().Contains(content.Sha256).ShouldBe(toFile);
        await using (var database = await _infrastructure.Databases.CreateDbContextAsync())
        {
            var row = await database.Contents.SingleAsync(row => row.Sha256 == content.Sha256);
            (row.Bytes is not null, row.Pack is not null).ShouldBe((!toFile && TestDatabase.IsPostgreSql, !toFile && !TestDatabase.IsPostgreSql));
        }

        (await _infrastructure.BytesAsync(content)).ShouldBe(memo.Files[1].Content);
        _infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_message_is_kept_byte_for_byte()
    {
        foreach (var size in new[] { 10, 300_000 })
        {
            var memo = TestMessages.WithFile(size);
            var message = await _infrastructure.KeepAsync(memo);
            (await _infrastructure.BytesAsync(message.Xml)).ShouldBe(memo.ToBytes());
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(200_000)]
    public async Task The_same_content_is_kept_once(int size)
    {
        var twice = TestMessages.WithFile(size);
        twice.Files.Add(("igen.bin", "image/png", twice.Files[1].Content));

        var first = await _infrastructure.KeepAsync(twice);
        var second = await _infrastructure.KeepAsync(TestMessages.WithFile(size));

        first.Files[2].Content.ShouldBe(first.Files[1].Content);
        second.Files[1].Content.ShouldBe(first.Files[1].Content);
        (await _infrastructure.BytesAsync(second.Files[1].Content)).ShouldBe(twice.Files[1].Content);
        _infrastructure.LargeContents().Count(file => file == first.Files[1].Content.Sha256).ShouldBe(size > Limit ? 1 : 0);
        _infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_content_that_is_not_kept_is_not_there()
    {
        ContentReference content;
        await using (var reading = await _infrastructure.ReadAsync(TestMessages.WithFile(200_000)))
            content = reading.Memo.Memo.ShouldNotBeNull().Files().Select(file => new ContentReference(file.File.Content.Sha256, 200_000)).Last();

        await Should.ThrowAsync<IOException>(() => _infrastructure.Contents.OpenReadAsync(content, CancellationToken.None));
        _infrastructure.IncomingFiles().ShouldBeEmpty();
        _infrastructure.LargeContents().ShouldBeEmpty();
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task Should_a_file_not_get_to_its_place_none_is_lost()
    {
        var memo = TestMessages.WithFile(200_000, 1);
        memo.Files.Add(("to.bin", "image/png", [.. Enumerable.Repeat((byte)2, 200_000)]));
        await using var reading = await _infrastructure.ReadAsync(memo);
        var message = TestMessages.Receive(reading.Memo);
        var inTheWay = Path.Combine(_infrastructure.Folder.Contents, message.Xml.Sha256[..2]);
        await File.WriteAllTextAsync(inTheWay, "");

        await Should.ThrowAsync<IOException>(() => _infrastructure.Messages.AddAsync(message, reading.Contents, CancellationToken.None));
        await reading.DisposeAsync();

        // The database refers to all of them: they are found where they wait, and the next start brings them to their places.
        foreach (var content in message.Files.Skip(1).Select(file => file.Content).Append(message.Xml))
            (await _infrastructure.BytesAsync(content)).Length.ShouldBe((int)content.Length);
        File.Delete(inTheWay);
        await _infrastructure.Database.StartAsync(CancellationToken.None);
        _infrastructure.IncomingFiles().ShouldBeEmpty();
        (await _infrastructure.BytesAsync(message.Xml)).ShouldBe(memo.ToBytes());
    }
}
