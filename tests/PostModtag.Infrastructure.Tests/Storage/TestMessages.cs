using System.Text;
using PostModtag.Application.Memo;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>Messages read by the real reader and kept by the real store.</summary>
internal static class TestMessages
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 15, 30, 123, TimeSpan.Zero);

    /// <summary>What the audit trail says of messages that were deleted.</summary>
    public static AuditEntry Deleted(int count) => new(Now, "retention", AuditAction.MessagesDeleted, null, null, $"{count} deleted");

    /// <summary>A message as it was read, with its contents waiting.</summary>
    public static async Task<MemoReading.Message> ReadAsync(this TestInfrastructure infrastructure, TestMemo memo) =>
        (await infrastructure.ReadAsync(memo.ToBytes())).ShouldBeOfType<MemoReading.Message>();

    public static Message Receive(ReceivedMemo memo, DateTimeOffset? at = null) =>
        Message.Receive(memo, Guid.NewGuid(), "application/xml", at ?? Now);

    /// <summary>Reads and keeps a message.</summary>
    public static async Task<Message> KeepAsync(this TestInfrastructure infrastructure, TestMemo memo, DateTimeOffset? at = null, Action<Message>? before = null)
    {
        await using var reading = await infrastructure.ReadAsync(memo);
        var message = Receive(reading.Memo, at);
        before?.Invoke(message);
        (await infrastructure.Messages.AddAsync(message, reading.Contents, CancellationToken.None)).ShouldBeTrue();
        return message;
    }

    public static async Task<byte[]> BytesAsync(this TestInfrastructure infrastructure, ContentReference content)
    {
        await using var stream = await infrastructure.Contents.OpenReadAsync(content, CancellationToken.None);
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>A message with one file of that size besides the letter, encoded so that its files are kept by themselves.</summary>
    public static TestMemo WithFile(int size, byte content = 7)
    {
        var memo = new TestMemo { Encoding = Encoding.Latin1 };
        memo.Files.Add(("bilag.bin", "image/png", [.. Enumerable.Repeat(content, size)]));
        return memo;
    }
}
