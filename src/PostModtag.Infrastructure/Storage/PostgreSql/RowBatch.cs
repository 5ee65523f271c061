using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using PostModtag.Infrastructure.Storage.Rows;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// Rows and contents in one transaction: all is kept, durable, or nothing. They go to the database in one round trip; only where something
/// is to be changed, or contents are large, a second one says that all is well.
/// </summary>
internal sealed class RowBatch(NpgsqlConnection connection) : IAsyncDisposable
{
    // A row that was not there has never been locked by another.
    private const string AddContentSql =
        $"""
        INSERT INTO "{ContentRow.Table}" AS known ("Sha256", "Length", "Bytes", "References") VALUES ($1, $2, $3, 1)
        ON CONFLICT ("Sha256") DO UPDATE SET "References" = known."References" + 1 RETURNING xmax = 0
        """;

    private static readonly NpgsqlDbType[] ContentTypes = [NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Bytea];
    private static readonly ConcurrentDictionary<EntityInsert, (string Sql, NpgsqlDbType[] Types)> Inserts = new();
    private static readonly ConcurrentDictionary<EntityUpdate, NpgsqlDbType[]> Updates = new();

    private readonly NpgsqlBatch _batch = new(connection);
    private readonly List<Action<NpgsqlDataReader>> _answers = [];
    private readonly List<(EntityRow Row, long Key)> _keys = [];
    private readonly List<NpgsqlBatchCommand> _updates = [];
    private readonly List<ContentWriter> _contents = [];
    private readonly List<ContentWriter> _newFiles = [];

    /// <summary>Inserts an entity, with what it owns.</summary>
    public void Insert(EntityRow row)
    {
        var (sql, types) = Inserts.GetOrAdd(row.Insert, insert => (Statement(insert), Types(insert.Columns)));
        Add(sql, types, row.Values);
        if (row.Insert.GeneratedKey is not null)
            _answers.Add(answer => _keys.Add((row, answer.GetInt64(0))));
        foreach (var owned in row.Owned)
            Insert(owned);
    }

    /// <summary>Writes a change of an entity that is there as it was read; else nothing is kept.</summary>
    public void Update(EntityUpdate update, object entity) =>
        _updates.Add(Add(update.Sql, Updates.GetOrAdd(update, update => Types(update.Columns)), [.. update.Columns.Select(column => column.Value(entity))]));

    /// <summary>Adds contents that are not there, and one message more to those that are.</summary>
    public void Add(IEnumerable<ContentWriter> contents) => _contents.AddRange(contents);

    /// <summary>Has the database do and keep it all. Once it has, the entities have the keys that the database gave.</summary>
    /// <returns>False, and nothing is kept, when a row is there already, or what was to be changed is not there as it was read.</returns>
    /// <exception cref="PostgresException">Something else does not hold, or the database fails; nothing is kept.</exception>
    public async Task<bool> CommitAsync(CancellationToken cancellationToken)
    {
        // In the order of their names, so that two transactions never wait for each other.
        foreach (var content in _contents.OrderBy(content => content.Reference!.Sha256, StringComparer.Ordinal))
            AddContent(content);
        await using var transaction = _updates.Count > 0 || _contents.Exists(content => content.IsFile) ? await connection.BeginTransactionAsync(cancellationToken) : null;
        if (!await ExecuteAsync(cancellationToken))
            return false;
        foreach (var large in _newFiles)
        {
            await using var file = large.OpenFile();
            await ContentPieces.CopyAsync(connection, large.Reference!.Sha256, file, cancellationToken);
        }

        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        foreach (var (row, key) in _keys)
            row.Insert.SetKey(row.Entity, key);
        return true;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    private void AddContent(ContentWriter content)
    {
        Add(AddContentSql, ContentTypes, [content.Reference!.Sha256, content.Reference.Length, content.IsFile ? DBNull.Value : content.Bytes]);
        _answers.Add(isNew =>
        {
            if (content.IsFile && isNew.GetBoolean(0))
                _newFiles.Add(content);
        });
    }

    private async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var answers = await _batch.ExecuteReaderAsync(cancellationToken);
            foreach (var take in _answers)
            {
                await answers.ReadAsync(cancellationToken);
                take(answers);
                await answers.NextResultAsync(cancellationToken);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }

        return !_updates.Exists(update => update.RecordsAffected == 0);
    }

    private NpgsqlBatchCommand Add(string sql, NpgsqlDbType[] types, ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        for (var i = 0; i < values.Length; i++)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = types[i], Value = values[i] ?? DBNull.Value });
        _batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Inserts a row, with the keys of others that the database gave in the same batch, and answers with its own.</summary>
    private static string Statement(EntityInsert insert)
    {
        var statement = insert.Statement((column, i) => column.KeyOf is { } other
            ? $"""COALESCE(${i + 1}, currval(pg_get_serial_sequence('"{other.GetTableName()}"', '{other.FindPrimaryKey()!.Properties.Single().Name}')))"""
            : $"${i + 1}");
        return insert.GeneratedKey is { } key ? $"{statement} RETURNING \"{key}\"" : statement;
    }

    /// <summary>Said of each value, so that a statement that stays prepared is the same one whatever is null.</summary>
    private static NpgsqlDbType[] Types(IReadOnlyList<EntityColumn> columns)
    {
        using var command = new NpgsqlCommand();
        return [.. columns.Select(column => ((NpgsqlParameter)column.Property.GetRelationalTypeMapping().CreateParameter(command, "", null, nullable: true)).NpgsqlDbType)];
    }
}
