using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Operation;
using PostModtag.Application.Reconciliation;
using PostModtag.Application.Storage;

namespace PostModtag.Infrastructure.Storage.Verify;

/// <inheritdoc />
internal sealed class Verification(IDatabaseVerification storage, IDbContextFactory<PostModtagDbContext> databases, IContentStore contents, IReconciliationStore reconciliations) : IVerification
{
    /// <inheritdoc />
    public async Task<VerificationReport> RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        await storage.OpenAsync(cancellationToken);
        var findings = new Findings();
        var report = new VerificationReport(0, 0, 0, 0, []);
        try
        {
            await storage.RunAsync(findings, cancellationToken);
            report = await ReadAsync(findings, progress, cancellationToken);
        }
        catch (DbException exception)
        {
            findings.Add($"The database is damaged, and cannot be read to its end: {exception.Message}");
        }

        return report with { Findings = findings.All };
    }

    private async Task<VerificationReport> ReadAsync(Findings findings, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            if ((await database.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                throw new OperationRefusedException("The database was made by an older version. Start the server of this version on it once, or verify with the version that made it.");
        }

        var read = await new ContentCheck(databases, contents, findings).RunAsync(progress, cancellationToken);
        var (messages, files) = await new MessageCheck(databases, contents, findings).RunAsync(progress, cancellationToken);
        var days = await new ReconciliationCheck(databases, reconciliations, findings).RunAsync(cancellationToken);
        return new VerificationReport(read, messages, files, days, []);
    }
}
