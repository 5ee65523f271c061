using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>How a database goes about a statement where there are many messages.</summary>
internal static class Plans
{
    /// <summary>Makes that many of the messages to 90000001, so that the database plans as for many.</summary>
    public static async Task MultiplyMessagesAsync(this PostModtagDbContext database, int count)
    {
        var columns = database.Model.FindEntityType(typeof(Message))!.GetTableMappings().Single().Table.Columns.Select(column => column.Name).Where(name => name != "Id").ToList();
        var uuid = TestDatabase.IsPostgreSql ? "gen_random_uuid()" : "hex(randomblob(16))";
        await ExecuteAsync(
            database,
            $"""
            INSERT INTO "Messages" ({string.Join(", ", columns.Select(name => $"\"{name}\""))})
            WITH RECURSIVE "Numbers"("Number") AS (SELECT 1 UNION ALL SELECT "Number" + 1 FROM "Numbers" WHERE "Number" < {count})
            SELECT {string.Join(", ", columns.Select(name => name == nameof(Message.MessageUuid) ? uuid : $"\"{name}\""))} FROM "Messages", "Numbers" WHERE "Summary_RecipientId" = '90000001'
            """);
        await ExecuteAsync(database, "ANALYZE");
    }

    /// <summary>The lines in which the database says how it goes about a statement; PostgreSQL makes it, and says what it read.</summary>
    public static async Task<IReadOnlyList<string>> PlanAsync(this PostModtagDbContext database, string sql)
    {
        await database.Database.OpenConnectionAsync();
        await using var command = database.Database.GetDbConnection().CreateCommand();
        return await PlanAsync(command, sql);
    }

    /// <summary>The same for a statement with parameters, which the command has.</summary>
    public static async Task<IReadOnlyList<string>> PlanAsync(DbCommand command, string sql)
    {
#pragma warning disable CA2100 // The store writes it.
        command.CommandText = $"{(TestDatabase.IsPostgreSql ? "EXPLAIN (ANALYZE, BUFFERS)" : "EXPLAIN QUERY PLAN")} {sql}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(reader.FieldCount - 1));
        return lines;
    }

    private static async Task ExecuteAsync(PostModtagDbContext database, string sql)
    {
#pragma warning disable EF1002 // The test writes it.
        await database.Database.ExecuteSqlRawAsync(sql);
#pragma warning restore EF1002
    }
}
