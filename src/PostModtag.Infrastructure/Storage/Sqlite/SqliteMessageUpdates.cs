using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>Keeps changes by statements that stay prepared: whoever writes to SQLite keeps all others waiting.</summary>
internal sealed class SqliteMessageUpdates(DatabaseWriter writer) : IMessageUpdates
{
    private EntityUpdate? _update;

    /// <inheritdoc />
    public async Task<bool> UpdateAsync(Message message, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        var isKept = await writer.TransactAsync(
            database =>
            {
                var statements = ((SqliteDbContext)database).Statements;
                _update ??= new EntityUpdate(database.Model.FindEntityType(typeof(Message))!, [.. MessageChanges.Properties, nameof(Message.Receipt)]);
                if (!_update.TryUpdate(statements, message))
                    return Task.FromResult(false);
                foreach (var row in rows)
                    EntityInsert.Prepare(database.Model, row).Insert(statements);
                return Task.FromResult(true);
            },
            cancellationToken);
        if (isKept)
            _update!.Keep(message);
        return isKept;
    }
}
