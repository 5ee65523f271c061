using System.Security.Cryptography;
using System.Text;
using PostModtag.Application;
using PostModtag.Application.Memo;
using PostModtag.Domain.Messages;

using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>The largest message there is takes no more memory than a small one.</summary>
[Collection(nameof(Alone))]
public sealed class BoundedMemoryTests
{
    private const long Largest = 99_500_000;

    // A message of a few kB allocates about 0.4 MB: buffers, the decoder, EF. The largest may take pieces of buffers more.
    private const long MostAllocated = 16_000_000;

    // Each piece of a CDATA section is a node of the XML reader's, gone as the next one comes. As one it would be 380 MB.
    private const long MostAllocatedForCData = 80_000_000;

    [Theory]
    [InlineData(null, false)]
    [InlineData("utf-8", false)]
    [InlineData(null, true)]
    public async Task The_largest_message_is_read_in_bounded_memory(string? charset, bool inCData)
    {
        await using var infrastructure = TestInfrastructure.ForReading(Limit);
        using var message = new GeneratedMessage(Largest, inCData);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await using var reading = await infrastructure.Reader.ReadAsync(message, charset is null ? null : Encoding.GetEncoding(charset), CancellationToken.None);

        // Of everything that runs in this process meanwhile: this test is in a collection that runs alone.
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(inCData ? MostAllocatedForCData : MostAllocated);
        var memo = reading.ShouldBeOfType<MemoReading.Message>().Memo;
        memo.Rejection.ShouldBeNull();
        memo.Xml.ShouldBe(new ContentReference(message.SentSha256, Largest));
        var file = memo.Memo.ShouldNotBeNull().Files().ShouldHaveSingleItem().File.Content;
        (file.Length, file.Sha256).ShouldBe((message.FileLength, message.FileSha256));
    }

    [Theory]
    [InlineData(540, 131_072, 4_000_000)]
    [InlineData(1_000, 4_000, 4_000_000)]
    [InlineData(1_000, 60_000, 4_000_000)]
    [InlineData(1_000, 10, 10_000)]
    public async Task A_message_of_many_small_files_holds_few_of_them(int files, int size, long mostInContents)
    {
        await using var infrastructure = await TestInfrastructure.StartAsync(configure: Limit);
        var memo = Storage.TestMessages.WithFile(size);
        while (memo.Files.Count < files)
            memo.Files.Add(("bilag.png", "image/png", [.. BitConverter.GetBytes(memo.Files.Count), .. new byte[size - 4]]));
        var body = memo.ToBytes();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await using var reading = await infrastructure.ReadAsync(body);

        // A file costs about 2 kB beside its bytes: the element, the model, the writer. Memory grows by doubling.
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(2 * mostInContents + files * 2_000 + 1_000_000);
        var read = reading.ShouldBeOfType<MemoReading.Message>();
        var message = Storage.TestMessages.Receive(read.Memo);
        (await infrastructure.Messages.AddAsync(message, read.Contents, CancellationToken.None)).ShouldBeTrue();
        foreach (var file in new[] { 0, files / 2, files - 1 })
            (await Storage.TestMessages.BytesAsync(infrastructure, message.Files[file].Content)).ShouldBe(memo.Files[file].Content);
    }

    [Fact]
    public async Task The_largest_message_is_kept_byte_for_byte()
    {
        await using var infrastructure = await TestInfrastructure.StartAsync(configure: Limit);
        using var message = new GeneratedMessage(Largest);
        await using var reading = await infrastructure.Reader.ReadAsync(message, null, CancellationToken.None);
        var read = reading.ShouldBeOfType<MemoReading.Message>();
        var kept = Message.Receive(read.Memo, Guid.NewGuid(), "application/xml", DateTimeOffset.UtcNow);
        (await infrastructure.Messages.AddAsync(kept, read.Contents, CancellationToken.None)).ShouldBeTrue();

        await using var xml = await infrastructure.Contents.OpenReadAsync(kept.Xml, CancellationToken.None);

        xml.Length.ShouldBe(Largest);
        Convert.ToHexStringLower(await SHA256.HashDataAsync(xml)).ShouldBe(message.SentSha256);
    }

    private static void Limit(PostModtagOptions options) => options.MaxMessageBytes = Largest;
}

/// <summary>Tests that no other may run beside.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
