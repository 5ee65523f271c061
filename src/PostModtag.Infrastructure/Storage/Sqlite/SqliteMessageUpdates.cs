using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage.Rows;

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
                _update ??= MessageChanges.Of(database.Model);
                if (!statements.TryUpdate(_update, message))
                    return false;
                foreach (var row in rows)
                    statements.Insert(EntityInsert.Prepare(database.Model, row));
                return true;
            },
            cancellationToken);
        if (isKept)
            _update!.Keep(message);
        return isKept;
    }
}
