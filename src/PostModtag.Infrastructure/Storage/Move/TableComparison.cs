using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage.PostgreSql;

namespace PostModtag.Infrastructure.Storage.Move;

/// <summary>Compares what was moved with what it was moved from, value by value, whatever the order.</summary>
internal static class TableComparison
{
    /// <summary>Throws <see cref="InvalidOperationException"/> where a row is missing, is one too many, or differs.</summary>
    public static async Task<long> CompareAsync(MovedTable table, SqliteConnection from, NpgsqlConnection to, CancellationToken cancellationToken)
    {
        var expected = await SumAsync(from, table, table.SourceList, (value, type) => MovedTable.Convert(value, type), cancellationToken);
        var found = await SumAsync(to, table, table.ColumnList, (value, _) => value is DBNull ? null : value, cancellationToken);
        return expected == found ? found.Rows : throw new InvalidOperationException(
            $"The table {table.Name} has {expected.Rows} rows in the data folder and {found.Rows} in PostgreSQL, or they differ. Drop the PostgreSQL database, make it again, and move again.");
    }

    /// <summary>Reads every large content, and throws <see cref="InvalidOperationException"/> where one is not what its name tells.</summary>
    public static async Task<long> CheckPiecesAsync(PostgreSqlDbContext to, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var row in to.Contents.Where(row => row.Bytes == null).Select(row => new { row.Sha256, row.Length }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await using var pieces = new PieceStream(source, new ContentReference(row.Sha256, row.Length));
            string found;
            try
            {
                found = Convert.ToHexStringLower(await SHA256.HashDataAsync(pieces, cancellationToken));
            }
            catch (IOException exception)
            {
                throw new InvalidOperationException(exception.Message, exception);
            }

            if (found != row.Sha256)
                throw new InvalidOperationException($"The content {row.Sha256} is another one in PostgreSQL. Look at its file in the data folder: it may be damaged.");
            count++;
        }

        return count;
    }

    /// <summary>The number of rows, and the sum of their digests.</summary>
    private static async Task<(long Rows, UInt128 Digest)> SumAsync(DbConnection connection, MovedTable table, string columns, Func<object, string, object?> read, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // What is put in are the model's own names.
        command.CommandText = $"SELECT {columns} FROM \"{table.Name}\"";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (rows, sum) = (0L, UInt128.Zero);
        while (await reader.ReadAsync(cancellationToken))
        {
            sum = unchecked(sum + MovedTable.Digest(table.Columns.Select((column, i) => read(reader.GetValue(i), column.Type))));
            rows++;
        }

        return (rows, sum);
    }
}
