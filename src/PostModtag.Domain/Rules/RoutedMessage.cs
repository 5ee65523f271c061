using System.Globalization;
using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules;

/// <summary>A message as the rules see it: MeMo's own fields and those that are derived from them.</summary>
/// <param name="memo">The message without the files' contents.</param>
/// <param name="size">The size of its XML in bytes.</param>
public sealed class RoutedMessage(MemoMessage memo, long size)
{
    /// <summary>The message.</summary>
    public MemoMessage Memo { get; } = memo;

    /// <summary>The size of its XML in bytes.</summary>
    public long Size { get; } = size;

    /// <summary>Whether it is a new letter, a forwarded one or a reply. A reply that is also forwarded is a reply.</summary>
    public MessageKind Kind { get; } =
        memo.MessageHeader.ReplyData.Count > 0 ? MessageKind.Reply
        : memo.MessageHeader.ForwardData is not null ? MessageKind.Forwarded
        : MessageKind.New;

    /// <summary>The kind as rules write it.</summary>
    public string KindName => Kind switch
    {
        MessageKind.Reply => "reply",
        MessageKind.Forwarded => "forwarded",
        _ => "new",
    };

    /// <summary>The number of files, as rules compare it.</summary>
    public string FileCount => NumberOfFiles.ToString(CultureInfo.InvariantCulture);

    internal int NumberOfFiles { get; } = memo.MessageBody is { } body
        ? body.MainDocument.File.Count + body.AdditionalDocument.Sum(document => document.File.Count) + body.TechnicalDocument.Sum(document => document.File.Count)
        : 0;

    /// <summary>The type's name only: the fields are personal data.</summary>
    public override string ToString() => nameof(RoutedMessage);
}

/// <summary>What kind of letter a message is.</summary>
public enum MessageKind
{
    /// <summary>A new letter.</summary>
    New,

    /// <summary>A letter that was forwarded (MeMo ForwardData).</summary>
    Forwarded,

    /// <summary>A reply to a letter that the authority sent (MeMo ReplyData).</summary>
    Reply,
}
