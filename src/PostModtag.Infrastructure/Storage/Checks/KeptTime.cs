using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Operation;

namespace PostModtag.Infrastructure.Storage.Checks;

/// <summary>Compares the clock with when the newest message was received.</summary>
internal static class KeptTime
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong; null when nothing is.</summary>
    public static async Task<StartFinding?> LookAsync(PostModtagDbContext database, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.Messages.OrderByDescending(message => message.ReceivedAt).Select(message => (DateTimeOffset?)message.ReceivedAt).FirstOrDefaultAsync(cancellationToken) is { } newest && newest > now + Tolerance
            ? new StartFinding(StartFindingLevel.Error, string.Create(
                CultureInfo.InvariantCulture, $"The clock says {now:yyyy-MM-dd HH:mm} UTC, and the newest message was received at {newest:yyyy-MM-dd HH:mm} UTC: it is wrong, or was. Set it, and keep it right with NTP."))
            : null;
}
