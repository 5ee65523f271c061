using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Messages;

/// <summary>What reading a body gave: the message as far as it could be read, and what is wrong with it.</summary>
public sealed class ReceivedMemo
{
    /// <summary>The messageUUID; a body without a readable one is no message.</summary>
    public required Guid MessageUuid { get; init; }

    /// <summary>The body itself.</summary>
    public required ContentReference Xml { get; init; }

    /// <summary>The version whose schema the message was checked with; null when there is none for it.</summary>
    public required string? MemoVersion { get; init; }

    /// <summary>What a list of messages shows, as far as it could be read.</summary>
    public required MessageSummary Summary { get; init; }

    /// <summary>The whole message without the files' contents; null when it has violations.</summary>
    public required MemoMessage? Memo { get; init; }

    /// <summary>The message's root element, whose elements know their places in the body; null when there are no places.</summary>
    public MemoElement? Root { get; init; }

    /// <summary>Why it must be rejected; null when the schema is followed.</summary>
    public required Rejection? Rejection { get; init; }
}

/// <summary>Bytes in the content store.</summary>
/// <param name="Sha256">Their SHA-256, 64 lower-case hexadecimal digits, which is also their address.</param>
/// <param name="Length">How many they are.</param>
public sealed record ContentReference(string Sha256, long Length);
