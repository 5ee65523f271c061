using PostModtag.Domain.Audit;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Outbox;

namespace PostModtag.Application.Storage;

/// <summary>
/// Keeps messages with their contents and receipts. Whatever a method has returned from is durable: it survives a
/// crash and a power cut. A failure of the store is an exception, and then nothing of the call has been kept.
/// </summary>
public interface IMessageStore
{
    /// <summary>The message with that messageUUID, or null.</summary>
    Task<Message?> FindAsync(Guid messageUuid, CancellationToken cancellationToken);

    /// <summary>Everything that is known of the message with that messageUUID, or null.</summary>
    Task<WholeMessage?> FindWholeAsync(Guid messageUuid, CancellationToken cancellationToken);

    /// <summary>Keeps a new message with its contents, and with a decision that Digital Post is to be told, where that is configured. False, and nothing is kept, when the messageUUID is taken.</summary>
    Task<bool> AddAsync(MessageChange change, IStagedContents contents, CancellationToken cancellationToken);

    /// <summary>Keeps a change of a message that the store has, whole; with a decision, also that Digital Post is to be told, where that is configured.</summary>
    /// <exception cref="InvalidOperationException">The message was changed by another since it was read; nothing is kept.</exception>
    Task UpdateAsync(MessageChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the message that has been due longest to have its fagsystem asked, so that no other node takes it for a while, or until
    /// it is changed; null when there is none.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="until">How long others leave it alone, should this node say nothing more.</param>
    /// <param name="butNotFor">Keys of fagsystemer that are to be left out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<DueMessage?> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, IReadOnlyCollection<string> butNotFor, CancellationToken cancellationToken);

    /// <summary>Lets nobody take a message that is due before that moment.</summary>
    Task LeaseAsync(Guid messageUuid, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The refused body with those bytes under that messageUUID, or null.</summary>
    Task<RefusedCopy?> FindRefusedCopyAsync(Guid messageUuid, string sha256, CancellationToken cancellationToken);

    /// <summary>Keeps a refused body. False, and nothing is kept, when the store has it.</summary>
    Task<bool> AddRefusedCopyAsync(RefusedCopy copy, CancellationToken cancellationToken);

    /// <summary>Messages that fit the filter, the newest first, from below <paramref name="beforeId"/>.</summary>
    Task<IReadOnlyList<ListedMessage>> FindPageAsync(MessageFilter filter, long? beforeId, int count, CancellationToken cancellationToken);

    /// <summary>The messages that came to the rules of an authority since a moment, the newest first, one after the other.</summary>
    IAsyncEnumerable<RoutedRecord> ReadRoutedAsync(string cvr, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Whether messages that are not decided are for that fagsystem.</summary>
    Task<bool> HasUndecidedAsync(string fagsystem, CancellationToken cancellationToken);
}

/// <summary>A change of a message, kept whole.</summary>
public sealed class MessageChange
{
    /// <summary>The message as it is now.</summary>
    public required Message Message { get; init; }

    /// <summary>The time that its fagsystem was asked, where that is the change.</summary>
    public DeliveryAttempt? Attempt { get; init; }

    /// <summary>The copies that further fagsystemer are to get, where the change is that the first has accepted.</summary>
    public IReadOnlyList<OutboxEntry> Copies { get; init; } = [];

    /// <summary>What it says in the audit trail, where a person made the change.</summary>
    public AuditEntry? Audit { get; init; }
}

/// <summary>A message whose fagsystem is to be asked again.</summary>
public sealed record DueMessage(Guid MessageUuid, string Fagsystem);

/// <summary>A message that came to the rules, and where it went.</summary>
/// <param name="Id">Its place in the order of messages.</param>
/// <param name="MessageUuid">Its messageUUID.</param>
/// <param name="ReceivedAt">When it was received, UTC.</param>
/// <param name="Memo">The message without the files' contents.</param>
/// <param name="Size">The size of its XML in bytes.</param>
/// <param name="Fagsystem">The fagsystem that it went to; null when no rule took it and it was rejected.</param>
public sealed record RoutedRecord(long Id, Guid MessageUuid, DateTimeOffset ReceivedAt, MemoMessage Memo, long Size, string? Fagsystem)
{
    /// <summary>The messageUUID only: the fields are personal data.</summary>
    public override string ToString() => $"{nameof(RoutedRecord)} {MessageUuid}";
}

/// <summary>What to look for among messages; all that is given must hold.</summary>
public sealed class MessageFilter
{
    /// <summary>Received at or after this moment.</summary>
    public DateTimeOffset? ReceivedFrom { get; init; }

    /// <summary>Received before this moment.</summary>
    public DateTimeOffset? ReceivedBefore { get; init; }

    /// <summary>In this state.</summary>
    public MessageState? State { get; init; }

    /// <summary>With this concern.</summary>
    public DeliveryConcern? Concern { get; init; }

    /// <summary>Without a final receipt.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>With this senderID, letter case aside.</summary>
    public string? SenderId { get; init; }

    /// <summary>With this recipientID, letter case aside.</summary>
    public string? RecipientId { get; init; }

    /// <summary>To one of the authorities with these CVR numbers, the only ones that the caller may see; null for all. Whoever looks on behalf of a caller sets it.</summary>
    public IReadOnlyCollection<string>? Authorities { get; set; }

    /// <summary>With this contactPointID of the recipient, letter case aside.</summary>
    public string? ContactPointId { get; init; }

    /// <summary>With a title that begins with this, letter case aside.</summary>
    public string? Label { get; init; }

    /// <summary>About this KLE subject, or one below it: <c>27.12</c> takes <c>27.12</c> and <c>27.12.06</c>.</summary>
    public string? KleSubject { get; init; }

    /// <summary>About the case with this id, letter case aside.</summary>
    public string? CaseId { get; init; }

    /// <summary>For the fagsystem with this key.</summary>
    public string? Fagsystem { get; init; }

    /// <summary>Whether nothing but the state narrows it.</summary>
    public bool IsBroad => (ReceivedFrom ?? ReceivedBefore) is null && Concern is null && (SenderId ?? RecipientId ?? ContactPointId ?? Label ?? KleSubject ?? CaseId ?? Fagsystem) is null;
}
