using System.Collections.Concurrent;
using PostModtag.Infrastructure.Storage.Rows;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>Entities' rows, by statements that stay prepared.</summary>
internal static class SqliteRows
{
    private static readonly ConcurrentDictionary<EntityInsert, string> Inserts = new();

    /// <summary>Inserts an entity, with what it owns.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">A constraint does not hold, or the database fails.</exception>
    public static void Insert(this SqliteStatements statements, EntityRow row)
    {
        // What it refers to may have got its key just before.
        var insert = row.Insert;
        for (var i = 0; i < insert.Columns.Count; i++)
        {
            if (insert.Columns[i].KeyOf is not null)
                row.Values[i] ??= insert.Columns[i].Value(row.Entity);
        }

        statements.Execute(Inserts.GetOrAdd(insert, insert => insert.Statement((_, i) => $"${i + 1}")), row.Values);
        if (insert.GeneratedKey is null)
            return;
        var key = statements.LastRowId;
        insert.SetKey(row.Entity, key);
        foreach (var owned in row.Owned)
        {
            owned.Values[0] = key;
            statements.Insert(owned);
        }
    }

    /// <summary>Writes a change of an entity; false when another has changed it since it was read.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The database fails.</exception>
    public static bool TryUpdate(this SqliteStatements statements, EntityUpdate update, object entity) =>
        statements.Execute(update.Sql, [.. update.Columns.Select(column => column.Value(entity))]) == 1;
}
