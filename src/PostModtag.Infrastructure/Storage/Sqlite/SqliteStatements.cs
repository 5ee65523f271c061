using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// The statements of one open connection that are made again and again, each prepared once, and given to SQLite without a command
/// between. For one at a time.
/// </summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    // A commit of another process, or its copying of the log, is over long before.
    private const int BusyMilliseconds = 30_000;

    private const int OnStack = 512;

    private readonly Dictionary<string, sqlite3_stmt> _statements = new(StringComparer.Ordinal);
    private readonly sqlite3 _database = Open(connection);

    /// <summary>The number of the row that was inserted last.</summary>
    public long LastRowId => raw.sqlite3_last_insert_rowid(_database);

    /// <summary>How many rows have been changed since the connection was opened, by statements that did not fail.</summary>
    public int Changes => raw.sqlite3_total_changes(_database);

    /// <summary>Whether a transaction is under way: some failures end it.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>Makes a statement with parameters <c>$1</c>, <c>$2</c> and so on, in their order, and says how many rows it changed.</summary>
    /// <exception cref="SqliteException">A constraint does not hold, or the database fails.</exception>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        Run(sql, values);
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Asks with parameters <c>$1</c>, <c>$2</c> and so on, in their order, and gives the number that is first in the first row; null when there is none.</summary>
    /// <exception cref="SqliteException">The database fails.</exception>
    public long? Ask(string sql, params ReadOnlySpan<object?> values) => Run(sql, values);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
    }

    private static sqlite3 Open(SqliteConnection connection)
    {
        var database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        raw.sqlite3_busy_timeout(database, BusyMilliseconds);
        return database;
    }

    private long? Run(string sql, ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql);
        try
        {
            for (var i = 0; i < values.Length; i++)
                ThrowIfFailed(Bind(statement, i + 1, values[i]));
            var step = raw.sqlite3_step(statement);
            if (step == raw.SQLITE_DONE)
                return null;
            if (step != raw.SQLITE_ROW)
                ThrowIfFailed(step);
            return raw.sqlite3_column_type(statement, 0) == raw.SQLITE_NULL ? null : raw.sqlite3_column_int64(statement, 0);
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
            _ = raw.sqlite3_clear_bindings(statement);
        }
    }

    private sqlite3_stmt Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement))
            return statement;
        ThrowIfFailed(raw.sqlite3_prepare_v2(_database, sql, out statement));
        _statements.Add(sql, statement);
        return statement;
    }

    private void ThrowIfFailed(int result) => SqliteException.ThrowExceptionForRC(result, _database);

    /// <summary>Binds a value as Microsoft.Data.Sqlite does. Its types are those that the model's columns have.</summary>
    private static int Bind(sqlite3_stmt statement, int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        string text => BindText(statement, place, text),
        Guid uuid => BindText(statement, place, uuid.ToString().ToUpperInvariant()),
        byte[] bytes => BindBytes(statement, place, bytes),
        ReadOnlyMemory<byte> bytes => BindBytes(statement, place, bytes.Span),
        long or int or short or byte or bool or Enum => raw.sqlite3_bind_int64(statement, place, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        double number => raw.sqlite3_bind_double(statement, place, number),
        _ => throw new NotSupportedException($"A value of type {value.GetType()} is not bound here."),
    };

    private static int BindBytes(sqlite3_stmt statement, int place, ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, place, 0) : raw.sqlite3_bind_blob(statement, place, bytes);

    private static int BindText(sqlite3_stmt statement, int place, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= OnStack)
        {
            Span<byte> few = stackalloc byte[OnStack];
            return raw.sqlite3_bind_text(statement, place, few[..Encoding.UTF8.GetBytes(text, few)]);
        }

        var many = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return raw.sqlite3_bind_text(statement, place, many.AsSpan(0, Encoding.UTF8.GetBytes(text, many)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(many);
        }
    }
}
