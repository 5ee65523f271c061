using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>The statements of one connection that are made again and again, each prepared once. For one writer at a time.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private static readonly ConcurrentDictionary<IEntityType, EntityInsert> Inserts = new();

    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>The transaction that they are made in.</summary>
    public SqliteTransaction? Transaction { get; set; }

    /// <summary>The number of the row that was inserted last.</summary>
    public long LastRowId => SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle);

    /// <summary>Inserts an entity of EF's model with what it owns, as SaveChanges would.</summary>
    /// <exception cref="SqliteException">A constraint does not hold, or the database fails.</exception>
    public void Insert(IModel model, object entity) =>
        Inserts.GetOrAdd(model.FindEntityType(entity.GetType())!, EntityInsert.Of).Insert(this, entity);

    /// <summary>Makes a statement with parameters <c>$p0</c>, <c>$p1</c> and so on, and says how many rows it changed.</summary>
    /// <exception cref="SqliteException">A constraint does not hold, or the database fails.</exception>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Asks with parameters <c>$p0</c>, <c>$p1</c> and so on, and gives the first value of the first row; null when there is none.</summary>
    /// <exception cref="SqliteException">The database fails.</exception>
    public object? Ask(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteScalar();

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // It is made of the model's names; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" });
            _commands.Add(sql, command);
        }

        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
