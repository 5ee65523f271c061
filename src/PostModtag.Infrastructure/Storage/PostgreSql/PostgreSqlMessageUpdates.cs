using Microsoft.EntityFrameworkCore;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>Keeps changes by EF's SaveChanges: writers do not wait for each other there.</summary>
internal sealed class PostgreSqlMessageUpdates(DatabaseWriter writer) : IMessageUpdates
{
    /// <inheritdoc />
    public async Task<bool> UpdateAsync(Message message, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(
                database =>
                {
                    Attach(database, message);
                    database.AddRange(rows);
                    return database.SaveChangesAsync(cancellationToken);
                },
                cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>Has EF know what is to be written of a message that it has not read.</summary>
    internal static void Attach(PostModtagDbContext database, Message message)
    {
        var entry = database.Attach(message);
        entry.Property(row => row.Revision).OriginalValue = message.Revision;
        foreach (var changing in MessageChanges.Properties)
            entry.Property(changing).IsModified = true;
        entry.Property(row => row.Revision).CurrentValue = message.Revision + 1;
        if (entry.Reference(row => row.Receipt).TargetEntry is { } receipt)
            receipt.State = EntityState.Modified;
    }
}
