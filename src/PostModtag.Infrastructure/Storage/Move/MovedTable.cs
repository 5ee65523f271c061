using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Infrastructure.Storage.Sqlite;

namespace PostModtag.Infrastructure.Storage.Move;

/// <summary>A table that both databases have, with PostgreSQL's types of its columns.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Key">The columns of its key, by which it is read.</param>
/// <param name="Columns">All its columns.</param>
internal sealed record MovedTable(string Name, IReadOnlyList<string> Key, IReadOnlyList<(string Name, string Type)> Columns)
{
    /// <summary>The name of the function by which SQLite reads a content's bytes, wherever they are; null where the content is large.</summary>
    public const string BytesFunction = "small_content";

    /// <summary>What SQLite is asked for: the columns, but for the bytes of contents, which may lie in packs.</summary>
    public string SourceList => string.Join(", ", Columns.Select(column => Name == ContentRow.Table && column.Name == nameof(ContentRow.Bytes)
        ? $"""coalesce("Bytes", {BytesFunction}("Pack", "Offset", "Length"))"""
        : $"\"{column.Name}\""));

    /// <summary>The columns' names, as SQL lists them.</summary>
    public string ColumnList => List(Columns.Select(column => column.Name));

    /// <summary>The names of the key's columns, as SQL lists them.</summary>
    public string KeyList => List(Key);

    /// <summary>All tables that the model has in both, those that others refer to first.</summary>
    public static IReadOnlyList<MovedTable> All(SqliteDbContext from, PostgreSqlDbContext to)
    {
        var known = from.Model.GetRelationalModel().Tables.Select(table => table.Name).ToHashSet();
        return [.. to.Model.GetRelationalModel().Tables.Where(table => known.Contains(table.Name))
            .OrderBy(table => table.ForeignKeyConstraints.Count()).ThenBy(table => table.Name, StringComparer.Ordinal)
            .Select(table => new MovedTable(table.Name, [.. table.PrimaryKey!.Columns.Select(column => column.Name)], [.. table.Columns.Select(column => (column.Name, column.StoreType))]))];
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));

    /// <summary>A value as SQLite has it, as PostgreSQL has it.</summary>
    public static object? Convert(object value, string type) => value is DBNull ? null : type switch
    {
        "bigint" => (long)value,
        "integer" => checked((int)(long)value),
        "boolean" => (long)value != 0,
        "uuid" => Guid.Parse((string)value),
        "text" => (string)value,
        "bytea" => (byte[])value,
        _ => throw new InvalidOperationException($"There is no way to move a column of the type {type}."),
    };

    /// <summary>Tells one row's values from others'.</summary>
    public static UInt128 Digest(IEnumerable<object?> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var value in values)
        {
            var bytes = value switch
            {
                null => null,
                byte[] octets => octets,
                _ => Encoding.UTF8.GetBytes(System.Convert.ToString(value, CultureInfo.InvariantCulture)!),
            };
            hash.AppendData(BitConverter.GetBytes(bytes?.Length ?? -1));
            hash.AppendData(bytes ?? []);
        }

        return BitConverter.ToUInt128(hash.GetHashAndReset());
    }
}
