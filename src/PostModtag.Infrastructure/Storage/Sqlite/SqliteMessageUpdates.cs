using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>Keeps changes by statements that stay prepared: whoever writes to SQLite keeps all others waiting.</summary>
internal sealed class SqliteMessageUpdates(GroupWriter writer) : IMessageUpdates
{
    private EntityUpdate? _update;

    /// <inheritdoc />
    public async Task<bool> UpdateAsync(Message message, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        var isKept = await writer.ExecuteAsync(
            [],
            canBeMadeAgain: true,
            database =>
            {
                var statements = database.Statements;
                _update ??= new EntityUpdate(database.Model.FindEntityType(typeof(Message))!, [.. MessageChanges.Properties, nameof(Message.Receipt)]);
                if (!_update.TryUpdate(statements, message))
                    return false;
                foreach (var row in rows)
                    EntityInsert.Prepare(database.Model, row).Insert(statements);
                return true;
            },
            cancellationToken);
        if (isKept)
            _update!.Keep(message);
        return isKept;
    }
}
