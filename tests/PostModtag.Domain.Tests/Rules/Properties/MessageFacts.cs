using System.Globalization;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Rules;
using PostModtag.Testing;

namespace PostModtag.Domain.Tests.Rules.Properties;

/// <summary>What a random message says, from which both the message is made and the naive router reads: neither sees the other's way.</summary>
internal sealed record MessageFacts(
    string Label,
    string? SubjectKey,
    (string Name, string Value)[] Additional,
    (Guid Uuid, string? System)[] Replies,
    long? ProductionUnit,
    DateOnly? NotBefore,
    bool Mandatory,
    bool Forwarded)
{
    private static readonly MemoMessage Letter = Memos.Model(new TestMemo { HasBody = false });

    /// <summary>The fields that it says something of, and those random conditions ask for.</summary>
    public static readonly IReadOnlyList<string> Fields =
    [
        "label", "ContentData/KLEdata/subjectKey", "ContentData/AdditionalContentData[navn]/contentDataValue",
        "ContentData/AdditionalContentData/contentDataName", "ReplyData/messageUUID", "ReplyData/generatingSystemID",
        "ContentData/ProductionUnit/productionUnitNumber", "doNotDeliverUntilDate", "mandatory", "kind",
    ];

    public string[] Values(string field) => field switch
    {
        "label" => [Label],
        "ContentData/KLEdata/subjectKey" => SubjectKey is null ? [] : [SubjectKey],
        "ContentData/AdditionalContentData[navn]/contentDataValue" => [.. Additional.Where(pair => pair.Name is "navn" or "NAVN").Select(pair => pair.Value)],
        "ContentData/AdditionalContentData/contentDataName" => [.. Additional.Select(pair => pair.Name)],
        "ReplyData/messageUUID" => [.. Replies.Select(reply => reply.Uuid.ToString())],
        "ReplyData/generatingSystemID" => [.. Replies.Where(reply => reply.System is not null).Select(reply => reply.System!)],
        "ContentData/ProductionUnit/productionUnitNumber" => ProductionUnit is { } number ? [number.ToString(CultureInfo.InvariantCulture)] : [],
        "doNotDeliverUntilDate" => NotBefore is { } day ? [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] : [],
        "mandatory" => [Mandatory ? "true" : "false"],
        "kind" => [Replies.Length > 0 ? "reply" : Forwarded ? "forwarded" : "new"],
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    public RoutedMessage Message() => new(Letter with
    {
        MessageHeader = Letter.MessageHeader with
        {
            Label = Label,
            DoNotDeliverUntilDate = NotBefore,
            Mandatory = Mandatory,
            ContentData = new MemoContentData
            {
                KLEdata = SubjectKey is null ? null : new MemoKLEdata { SubjectKey = SubjectKey, Version = "1", Label = "" },
                ProductionUnit = ProductionUnit is { } number ? new MemoProductionUnit { ProductionUnitNumber = number } : null,
                AdditionalContentData = [.. Additional.Select(pair => new MemoAdditionalContentData { ContentDataName = pair.Name, ContentDataValue = pair.Value })],
            },
            ForwardData = Forwarded ? new MemoForwardData { MessageUUID = Guid.Empty, OriginalMessageDateTime = Memos.Now, OriginalSender = "" } : null,
            ReplyData = [.. Replies.Select(reply => new MemoReplyData { MessageUUID = reply.Uuid, GeneratingSystemID = reply.System })],
        },
    }, 1_234);
}
