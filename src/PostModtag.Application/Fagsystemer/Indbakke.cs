namespace PostModtag.Application.Fagsystemer;

/// <summary>
/// The inbox: the fagsystem of a server that has been given no other. It accepts every message; the message is kept
/// already, and can be seen under <c>/messages</c>.
/// </summary>
public sealed class Indbakke : IFagsystem
{
    /// <summary>The name under which it is known.</summary>
    public const string Name = "indbakke";

    /// <inheritdoc />
    public Task<FagsystemAnswer> DeliverAsync(FagsystemDelivery delivery, CancellationToken cancellationToken) =>
        Task.FromResult(FagsystemAnswer.Accept());
}
