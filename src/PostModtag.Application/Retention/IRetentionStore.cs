using PostModtag.Domain.Audit;

namespace PostModtag.Application.Retention;

/// <summary>Deletes what is kept no longer. Each call is one transaction, short, and durable when it returns.</summary>
public interface IRetentionStore
{
    /// <summary>
    /// Deletes the XML and the files of messages that were decided before a moment, those that have waited longest first. A message of which
    /// something is still to be told to others keeps them.
    /// </summary>
    /// <param name="scope">Whose messages.</param>
    /// <param name="decidedBefore">The moment, UTC.</param>
    /// <param name="now">What the messages say of when it was done.</param>
    /// <param name="count">The most messages at once.</param>
    /// <param name="entry">What the audit trail says of so many messages: it is kept with the deletion or neither is. Not asked for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many messages it were; fewer than <paramref name="count"/> when there are no more.</returns>
    Task<int> DeleteContentsAsync(RetentionScope scope, DateTimeOffset decidedBefore, DateTimeOffset now, int count, Func<int, AuditEntry> entry, CancellationToken cancellationToken);

    /// <summary>Deletes messages that were decided before a moment, with all that is kept of them.</summary>
    /// <inheritdoc cref="DeleteContentsAsync"/>
    Task<int> DeleteMessagesAsync(RetentionScope scope, DateTimeOffset decidedBefore, int count, Func<int, AuditEntry> entry, CancellationToken cancellationToken);

    /// <summary>Overwrites what was deleted, wherever it has been. True when nothing of it is left; false when something has to wait, and then it is called again.</summary>
    Task<bool> EraseAsync(CancellationToken cancellationToken);
}

/// <summary>Messages to some authorities, or to all others.</summary>
/// <param name="Authorities">Their CVR numbers.</param>
/// <param name="IsOthers">Whether all are meant but these; also those whose recipient could not be read.</param>
public sealed record RetentionScope(IReadOnlyList<string> Authorities, bool IsOthers)
{
    /// <summary>For people: <c>authority 90000001</c>, or <c>all others</c>.</summary>
    public string Whose => IsOthers ? "all others" : $"authority {string.Join(", ", Authorities)}";
}
