namespace PostModtag.Application.Fagsystemer;

/// <summary>
/// The inbox: it accepts every message; the message is kept already, and can be seen under <c>/messages</c>. Every
/// fagsystem of the kind INBOX is one, and the one named <c>indbakke</c> takes the messages of authorities without rules.
/// </summary>
internal sealed class Indbakke : IFagsystem
{
    /// <summary>The key of the one that is always there.</summary>
    public const string Key = "indbakke";

    /// <inheritdoc />
    public Task<FagsystemAnswer> DeliverAsync(FagsystemDelivery delivery, CancellationToken cancellationToken) =>
        Task.FromResult(FagsystemAnswer.Accept());
}
