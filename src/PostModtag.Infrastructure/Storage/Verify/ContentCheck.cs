using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.Verify;

/// <summary>Reads every content, and compares it with its SHA-256 and with how many messages have it.</summary>
internal sealed class ContentCheck(IDbContextFactory<PostModtagDbContext> databases, IContentStore contents, Findings findings)
{
    private const int Batch = 200;

    /// <summary>Reads them all, and says how many it were.</summary>
    public async Task<long> RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (count, after) = (0L, "");
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var rows = await database.Contents.Where(row => string.Compare(row.Sha256, after) > 0).OrderBy(row => row.Sha256).Take(Batch)
                .Select(row => new ContentReference(row.Sha256, row.Length)).ToListAsync(cancellationToken);
            if (rows.Count == 0)
                break;
            foreach (var row in rows)
                await ReadAsync(row, cancellationToken);
            (count, after) = (count + rows.Count, rows[^1].Sha256);
            progress.Report($"{count} contents read");
        }

        await CountReferencesAsync(cancellationToken);
        return count;
    }

    private async Task ReadAsync(ContentReference content, CancellationToken cancellationToken)
    {
        var fault = await ReadBack.FaultAsync(() => contents.OpenReadAsync(content, cancellationToken), content.Sha256, cancellationToken);

        // A server that runs may have deleted it meanwhile, as its settings say.
        if (fault is not null && await IsKnownAsync(content, cancellationToken))
            findings.Add($"The content {content.Sha256} {fault}");
    }

    private async Task<bool> IsKnownAsync(ContentReference content, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Contents.AnyAsync(row => row.Sha256 == content.Sha256, cancellationToken);
    }

    /// <summary>A content with too few would go while a message has it; one with too many would never go.</summary>
    private async Task CountReferencesAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var moment = await database.BeginReadAsync(cancellationToken);
        var wrong = await database.Database.SqlQueryRaw<Counted>(
            """
            SELECT "Contents"."Sha256", "Contents"."References" AS "Known", coalesce("Its"."Messages", 0) AS "Found" FROM "Contents" LEFT JOIN (
                SELECT "Sha256", count(*) AS "Messages" FROM (
                    SELECT "Id", "Xml_Sha256" AS "Sha256" FROM "Messages" WHERE "ContentsDeletedAt" IS NULL
                    UNION SELECT "MessageId", "Content_Sha256" FROM "MessageFiles" JOIN "Messages" ON "Messages"."Id" = "MessageId"
                    WHERE "InXml_Offset" IS NULL AND "ContentsDeletedAt" IS NULL) AS "All"
                GROUP BY "Sha256") AS "Its" ON "Its"."Sha256" = "Contents"."Sha256"
            WHERE "References" <> coalesce("Its"."Messages", 0)
            """).ToListAsync(cancellationToken);
        foreach (var content in wrong)
            findings.Add(content.Found == 0 ? $"The content {content.Sha256} belongs to no message." : $"The content {content.Sha256} is said to belong to {content.Known} messages, and belongs to {content.Found}.");
    }

    private sealed record Counted(string Sha256, int Known, long Found);
}
