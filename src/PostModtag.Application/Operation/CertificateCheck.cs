using System.Data.Common;
using System.Globalization;
using PostModtag.Application.Certificates;

namespace PostModtag.Application.Operation;

/// <summary>Looks when the certificates in use expire.</summary>
internal sealed class CertificateCheck(IEnumerable<ICertificateSource> sources, TimeProvider clock) : IStartCheck
{
    /// <inheritdoc />
    public string Subject => "certificates";

    /// <inheritdoc />
    public async Task<IReadOnlyList<StartFinding>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<StartFinding>();
        foreach (var source in sources)
        {
            try
            {
                findings.AddRange((await source.FindAsync(cancellationToken)).Select(Look));
            }
            catch (DbException)
            {
                // What is wrong with the database its own check says.
                findings.Add(new StartFinding(StartFindingLevel.Ok, "Those for fagsystemer are in the database, which cannot be asked"));
            }
        }

        return findings.Count > 0 ? findings : [new StartFinding(StartFindingLevel.Ok, "None is in use")];
    }

    private StartFinding Look(ExpiringCertificate certificate) => CertificateExpiry.DaysLeft(certificate.ExpiresAt, clock.GetUtcNow()) switch
    {
        null => new StartFinding(StartFindingLevel.Ok, Say($"{certificate.Whose} until {certificate.ExpiresAt:yyyy-MM-dd}")),
        0 => new StartFinding(StartFindingLevel.Error, Say($"The certificate {certificate.Whose} ({certificate.Thumbprint}) has expired, on {certificate.ExpiresAt:yyyy-MM-dd}. Renew it.")),
        var days => new StartFinding(StartFindingLevel.Warning, Say($"The certificate {certificate.Whose} ({certificate.Thumbprint}) expires within {days} days, on {certificate.ExpiresAt:yyyy-MM-dd}. Renew it.")),
    };

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
