using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Certificates;

namespace PostModtag.Application.GetCertificates;

/// <summary>Get the certificates in use, the one that expires first first, as they were looked up last on this node.</summary>
public sealed record GetCertificatesQuery : IRequest<IReadOnlyList<ExpiringCertificate>>, IOfServer;

/// <summary>Gets them.</summary>
internal sealed class GetCertificatesHandler(CertificateExpiry certificates) : IRequestHandler<GetCertificatesQuery, IReadOnlyList<ExpiringCertificate>>
{
    /// <inheritdoc />
    public Task<IReadOnlyList<ExpiringCertificate>> Handle(GetCertificatesQuery request, CancellationToken cancellationToken) => Task.FromResult(certificates.Latest);
}
