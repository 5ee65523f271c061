using System.Text;
using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Tests.Storage.Rows;

/// <summary>What is in a database, to compare it with another.</summary>
internal static class DatabaseDump
{
    /// <summary>Every row of every table but those of contents and of the set-up.</summary>
    public static async Task<string> DumpAsync(this TestInfrastructure infrastructure)
    {
        await using var database = await infrastructure.Databases.CreateDbContextAsync();
        await database.Database.OpenConnectionAsync();
        var connection = database.Database.GetDbConnection();
        var text = new StringBuilder();
        foreach (var table in new[] { "Messages", "MessageFiles", "RefusedCopies", "DeliveryAttempts", "Outbox", "AuditEntries" })
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // It is one of the names above.
            command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY 1, 2";
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                text.AppendLine($"{table}: {string.Join(" | ", Enumerable.Range(0, rows.FieldCount).Select(i => $"{rows.GetName(i)} {rows.GetDataTypeName(i)} {rows.GetValue(i)}"))}");
        }

        return text.ToString();
    }
}
