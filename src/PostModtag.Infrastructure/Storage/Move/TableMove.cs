using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Infrastructure.Storage.Sqlite;

namespace PostModtag.Infrastructure.Storage.Move;

/// <summary>Moves the rows of one table, some at a time: each time, the rows and how far it has come are one commit.</summary>
internal sealed class TableMove(MovedTable table, DataFolder folder, SqliteConnection from, PostgreSqlDbContext to)
{
    private const int RowsAtOnce = 500;
    private const long BytesAtOnce = 8_000_000;

    /// <summary>Moves what is not there yet.</summary>
    public async Task RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var state = await to.MovedTables.AsTracking().SingleOrDefaultAsync(row => row.Name == table.Name, cancellationToken);
        if (state is null)
            to.Add(state = new MovedTableRow { Name = table.Name, LastKey = null });
        var moved = 0L;
        while (true)
        {
            var (rows, last) = await ReadAsync(state.LastKey, cancellationToken);
            if (rows.Count == 0)
                break;
            state.LastKey = last;
            await using var transaction = await to.Database.BeginTransactionAsync(cancellationToken);
            await WriteAsync(rows, cancellationToken);
            await to.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            moved += rows.Count;
            progress.Report($"{table.Name}: {moved} rows moved");
        }
    }

#pragma warning disable CA2100 // What is put in are the model's own names.
    private async Task<(List<object?[]> Rows, string? LastKey)> ReadAsync(string? after, CancellationToken cancellationToken)
    {
        await using var command = from.CreateCommand();
        var places = string.Join(", ", table.Key.Select((_, i) => $"$k{i}"));
        command.CommandText = $"SELECT {table.KeyList}, {table.SourceList} FROM \"{table.Name}\"{(after is null ? "" : $" WHERE ({table.KeyList}) > ({places})")} ORDER BY {table.KeyList} LIMIT {RowsAtOnce}";
        foreach (var (value, i) in JsonSerializer.Deserialize<JsonElement[]>(after ?? "[]")!.Select((value, i) => (value, i)))
            command.Parameters.AddWithValue($"$k{i}", value.ValueKind == JsonValueKind.Number ? value.GetInt64() : value.GetString());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (rows, bytes) = (new List<object?[]>(), 0L);
        object[]? last = null;
        while (bytes < BytesAtOnce && await reader.ReadAsync(cancellationToken))
        {
            last = [.. table.Key.Select((_, i) => reader.GetValue(i))];
            var row = table.Columns.Select((column, i) => MovedTable.Convert(reader.GetValue(table.Key.Count + i), column.Type)).ToArray();
            bytes += row.Sum(value => value is byte[] octets ? octets.LongLength : value is string text ? text.Length : 8);
            rows.Add(row);
        }

        return (rows, last is null ? after : JsonSerializer.Serialize(last));
    }

    private async Task WriteAsync(IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)to.Database.GetDbConnection();
        await using (var import = await connection.BeginBinaryImportAsync($"COPY \"{table.Name}\" ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            foreach (var row in rows)
                await import.WriteRowAsync(cancellationToken, row);
            await import.CompleteAsync(cancellationToken);
        }

        if (table.Name == ContentRow.Table)
            await WritePiecesAsync(connection, rows, cancellationToken);
    }
#pragma warning restore CA2100

    /// <summary>A content that has no bytes in its row has them in a file.</summary>
    private async Task WritePiecesAsync(NpgsqlConnection connection, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var (name, bytes) = (Column(nameof(ContentRow.Sha256)), Column(nameof(ContentRow.Bytes)));
        foreach (var sha256 in rows.Where(row => row[bytes] is null).Select(row => (string)row[name]!))
        {
            var path = ContentFiles.Find(folder, sha256) ?? throw new InvalidOperationException($"The content {sha256} is not in {folder.Contents}. Bring it back from a backup, and move again; the move goes on where it was.");
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await ContentPieces.CopyAsync(connection, sha256, file, cancellationToken);
        }
    }

    private int Column(string name) => table.Columns.Select(column => column.Name).ToList().IndexOf(name);
}
