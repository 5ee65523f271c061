using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage.PostgreSql;

namespace PostModtag.Infrastructure.Tests.Storage.PostgreSql;

/// <summary>A large content comes back from its pieces, wherever one reads it.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class PieceStreamTests : IAsyncLifetime
{
    private TestInfrastructure _infrastructure = null!;
    private Message _message = null!;
    private byte[] _bytes = null!;

    public async Task InitializeAsync()
    {
        _infrastructure = await TestInfrastructure.StartAsync();
        _message = await _infrastructure.KeepAsync(TestMessages.WithFile((2 * PieceStream.PieceLength) + 1_234));
        await using var stream = await OpenAsync();
        _bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(_bytes);
    }

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Fact]
    public void It_is_the_content_that_its_name_tells() =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_bytes)).ShouldBe(_message.Xml.Sha256);

    [Fact]
    public async Task From_any_place_on_the_same_is_read_with_and_without_waiting()
    {
        await using var stream = await OpenAsync();
        Gen.Select(Gen.Int[0, _bytes.Length], Gen.Int[0, 700_000], Gen.Bool).Sample(
            (place, length, waiting) =>
            {
                stream.Position = place;
                var buffer = new byte[length];
                var count = waiting ? stream.ReadAtLeast(buffer, length, throwOnEndOfStream: false) : stream.ReadAtLeastAsync(buffer, length, throwOnEndOfStream: false).AsTask().GetAwaiter().GetResult();

                count.ShouldBe(Math.Min(length, _bytes.Length - place));
                buffer.AsSpan(0, count).SequenceEqual(_bytes.AsSpan(place, count)).ShouldBeTrue();
                stream.Position.ShouldBe(place + count);
            },
            iter: 60, threads: 1);
        stream.Seek(-10, SeekOrigin.End).ShouldBe(_bytes.Length - 10);
        stream.Seek(4, SeekOrigin.Current).ShouldBe(_bytes.Length - 6);
        Should.Throw<ArgumentOutOfRangeException>(() => stream.Seek(-1, SeekOrigin.Begin));
    }

    [Theory]
    [InlineData("""DELETE FROM "ContentPieces" WHERE "Number" = 1""")]
    [InlineData("""UPDATE "ContentPieces" SET "Bytes" = '\x00' WHERE "Number" = 1""")]
    public async Task A_piece_that_is_missing_or_cut_off_is_an_error_and_never_fewer_bytes(string harm)
    {
        await using (var database = await _infrastructure.Databases.CreateDbContextAsync())
            await database.Database.ExecuteSqlRawAsync(harm);
        await using var stream = await OpenAsync();

        var failure = await Should.ThrowAsync<IOException>(async () => await stream.CopyToAsync(Stream.Null));

        failure.Message.ShouldBe($"Piece 1 of the content {_message.Xml.Sha256} is not whole in the database.");
    }

    [Fact]
    public async Task Of_many_that_keep_the_same_large_content_at_once_one_has_it_written_and_all_have_it()
    {
        var before = await CountAsync();
        var messages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _infrastructure.KeepAsync(TestMessages.WithFile(1_500_000))));

        var file = messages.Select(message => message.Files[1].Content).Distinct().ShouldHaveSingleItem();
        (await _infrastructure.BytesAsync(file)).Length.ShouldBe(1_500_000);
        var pieces = 3 + (8 * (int)Math.Ceiling(messages[0].Xml.Length / (double)PieceStream.PieceLength));
        (await CountAsync() - before).ShouldBe(pieces);
    }

    private async Task<int> CountAsync()
    {
        await using var database = await _infrastructure.Services.GetRequiredService<IDbContextFactory<PostgreSqlDbContext>>().CreateDbContextAsync();
        return await database.ContentPieces.CountAsync();
    }

    private Task<Stream> OpenAsync() => _infrastructure.Contents.OpenReadAsync(_message.Xml, CancellationToken.None);
}
