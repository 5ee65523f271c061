using Microsoft.EntityFrameworkCore;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>A file's bytes are kept once: where they stand in the message's XML, as long as they can be decoded from there.</summary>
public sealed class FilesInXmlTests : IAsyncLifetime
{
    private TestInfrastructure _infrastructure = null!;

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync();

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(12_287)]
    [InlineData(12_288)]
    [InlineData(12_289)]
    [InlineData(49_152)]
    [InlineData(700_001)]
    public async Task A_file_is_read_from_the_XML_whatever_its_length(int size)
    {
        var memo = Memo(size);

        var message = await _infrastructure.KeepAsync(memo);

        await FilesAreAsync(message, memo);
        await using var database = await _infrastructure.Databases.CreateDbContextAsync();
        (await database.Contents.Select(row => row.Sha256).ToListAsync()).ShouldBe([message.Xml.Sha256, .. size == 0 ? [message.Files[1].Content.Sha256] : Array.Empty<string>()], ignoreOrder: true);
    }

    [Fact]
    public async Task A_file_is_found_where_it_stands_behind_a_mark_of_the_byte_order_and_characters_of_several_bytes()
    {
        var memo = Memo(1_000);
        memo.Label = "Æøå 💌";
        byte[] body = [0xEF, 0xBB, 0xBF, .. memo.ToBytes()];

        var message = await KeepAsync(body);

        await FilesAreAsync(message, memo);
    }

    [Fact]
    public async Task White_space_and_line_ends_in_a_file_are_passed_over()
    {
        var memo = Memo(1_000);
        var base64 = Convert.ToBase64String(memo.Files[1].Content);
        var wrapped = "\r\n\t " + string.Join("\r\n", base64.Chunk(76).Select(line => new string(line))) + "\n ";

        var message = await KeepAsync(System.Text.Encoding.UTF8.GetBytes(memo.ToString().Replace(base64, wrapped, StringComparison.Ordinal)));

        message.Files[1].InXml!.Length.ShouldBe(wrapped.Length);
        await FilesAreAsync(message, memo);
    }

    [Fact]
    public async Task A_file_that_cannot_be_decoded_where_it_stands_is_kept_by_itself()
    {
        var memo = Memo(1_000);
        var base64 = Convert.ToBase64String(memo.Files[1].Content);

        var message = await KeepAsync(System.Text.Encoding.UTF8.GetBytes(memo.ToString().Replace(base64, $"<![CDATA[{base64}]]>", StringComparison.Ordinal)));

        message.Files.ShouldAllBe(file => file.InXml == null);
        await FilesAreAsync(message, memo);
    }

    [Fact]
    public async Task Where_a_file_stands_is_kept_with_the_message()
    {
        var message = await _infrastructure.KeepAsync(Memo(1_000));

        var found = (await _infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None)).ShouldNotBeNull();

        found.Files[1].InXml.ShouldBe(message.Files[1].InXml.ShouldBeOfType<ContentPlace>());
        found.Memo!.Files().Select(file => file.File.Content.InXml).ShouldBe(found.Files.Select(file => file.InXml));
    }

    private static TestMemo Memo(int size)
    {
        var memo = new TestMemo();
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        memo.Files.Add(("bilag.bin", "image/png", bytes));
        return memo;
    }

    private async Task<Message> KeepAsync(byte[] body)
    {
        await using var reading = await _infrastructure.ReadAsync(body);
        var read = reading.ShouldBeOfType<Application.Memo.MemoReading.Message>();
        var message = TestMessages.Receive(read.Memo);
        (await _infrastructure.Messages.AddAsync(message, read.Contents, CancellationToken.None)).ShouldBeTrue();
        return message;
    }

    /// <summary>Read in one piece, and in small ones.</summary>
    private async Task FilesAreAsync(Message message, TestMemo memo)
    {
        foreach (var (file, expected) in message.Files.Zip(memo.Files))
        {
            foreach (var piece in new[] { 1_000_000, 7 })
            {
                await using var stream = await _infrastructure.Contents.OpenFileAsync(message.Xml, file, CancellationToken.None);
                stream.Length.ShouldBe(expected.Content.Length);
                var bytes = new MemoryStream();
                await stream.CopyToAsync(bytes, piece);
                bytes.ToArray().ShouldBe(expected.Content);
            }
        }
    }
}
