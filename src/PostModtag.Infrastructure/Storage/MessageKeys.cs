using Microsoft.EntityFrameworkCore;

namespace PostModtag.Infrastructure.Storage;

/// <summary>
/// All values that a column of the messages has, each once. The statement goes from each value to the next in an index; DISTINCT or
/// GROUP BY would read every message.
/// </summary>
internal static class MessageKeys
{
    /// <summary>All recipientIDs.</summary>
    public static Task<List<string>> RecipientsAsync(PostModtagDbContext database, CancellationToken cancellationToken) =>
        database.Database.SqlQueryRaw<string>(AllOf(GuardStore.Recipient)).ToListAsync(cancellationToken);

    /// <summary>What a statement begins with that takes them from the table <c>Keys</c>, whose last row is NULL.</summary>
    public static string Sql(string column) =>
        $"""
        WITH RECURSIVE "Keys"("Key") AS (
            SELECT (SELECT "{column}" FROM "Messages" WHERE "{column}" IS NOT NULL ORDER BY "{column}" LIMIT 1)
            UNION ALL
            SELECT (SELECT "{column}" FROM "Messages" WHERE "{column}" > "Key" ORDER BY "{column}" LIMIT 1) FROM "Keys" WHERE "Key" IS NOT NULL)
        """;

    private static string AllOf(string column) => $"""{Sql(column)} SELECT "Key" AS "Value" FROM "Keys" WHERE "Key" IS NOT NULL""";
}
