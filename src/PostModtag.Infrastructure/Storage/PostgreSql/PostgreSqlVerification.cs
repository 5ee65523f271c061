using Microsoft.EntityFrameworkCore;
using Npgsql;
using PostModtag.Application.Operation;
using PostModtag.Infrastructure.Storage.Verify;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>Checks that no piece of a content is there without it. The files of the database are PostgreSQL's own to check.</summary>
internal sealed class PostgreSqlVerification(PostgreSqlSource source, IDbContextFactory<PostgreSqlDbContext> databases) : IDatabaseVerification
{
    /// <inheritdoc />
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            if (!(await database.Database.GetAppliedMigrationsAsync(cancellationToken)).Any())
                throw new OperationRefusedException($"The database {source.Name} is empty: no server has used it.");
        }
        catch (NpgsqlException exception)
        {
            throw new OperationRefusedException($"The database {source.Name} does not answer: {exception.Message}", exception);
        }
    }

    /// <inheritdoc />
    public async Task RunAsync(Findings findings, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var sha256 in await database.ContentPieces.Select(piece => piece.Sha256).Distinct()
            .Where(sha256 => !database.Contents.Any(content => content.Sha256 == sha256)).ToListAsync(cancellationToken))
            findings.Add($"Pieces of the content {sha256} are there, and it is not.");
    }
}
