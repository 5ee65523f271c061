using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;

namespace PostModtag.Application.ExportAuditEntries;

/// <summary>Get all entries of the audit trail in a period, the oldest first, one after the other as they are read.</summary>
/// <param name="From">The first moment, UTC; null for the beginning.</param>
/// <param name="Before">The moment that the period ends before, UTC; null for now.</param>
public sealed record ExportAuditEntriesQuery(DateTimeOffset? From, DateTimeOffset? Before) : IRequest<IAsyncEnumerable<AuditEntry>>, IOfCallersAuthorities;

/// <summary>Reads them.</summary>
internal sealed class ExportAuditEntriesHandler(IAuditTrail audit, ICaller caller) : IRequestHandler<ExportAuditEntriesQuery, IAsyncEnumerable<AuditEntry>>
{
    /// <inheritdoc />
    public Task<IAsyncEnumerable<AuditEntry>> Handle(ExportAuditEntriesQuery request, CancellationToken cancellationToken) =>
        Task.FromResult(audit.ReadAsync(caller.Authorities.Cvrs, request.From, request.Before, cancellationToken));
}
