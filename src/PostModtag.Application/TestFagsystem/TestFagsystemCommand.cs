using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Storage;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.TestFagsystem;

/// <summary>Call a fagsystem on another host without a message, to see whether it can be reached. Null when there is none, or when it is in this process.</summary>
public sealed record TestFagsystemCommand(string Key) : IRequest<FagsystemProbe?>, IOfServer;

/// <summary>Calls it.</summary>
internal sealed class TestFagsystemHandler(ISetupStore store, IRestFagsystem rest) : IRequestHandler<TestFagsystemCommand, FagsystemProbe?>
{
    /// <inheritdoc />
    public async Task<FagsystemProbe?> Handle(TestFagsystemCommand request, CancellationToken cancellationToken) =>
        await store.FindFagsystemAsync(request.Key, cancellationToken) is { Kind: FagsystemKind.Rest } fagsystem ? await rest.ProbeAsync(fagsystem, cancellationToken) : null;
}
