using PostModtag.Application.Fagsystemer;

namespace Acme.Modtag;

/// <summary>The fagsystem: it takes each message once, with its files, and says whether it takes it.</summary>
public sealed class Journal(JournalFolder folder) : IFagsystem
{
    /// <inheritdoc />
    public async Task<FagsystemAnswer> DeliverAsync(FagsystemDelivery delivery, CancellationToken cancellationToken)
    {
        // A message may come again until its answer has been kept; one that was taken is accepted again, and not taken twice.
        if (folder.Has(delivery.MessageUuid))
            return FagsystemAnswer.Accept();

        // Put your own check here. The reason is for the sender: in Danish, and without personal data.
        if (delivery.Header.Label.StartsWith("Afvis", StringComparison.OrdinalIgnoreCase))
            return FagsystemAnswer.Reject("Journalen tager ikke imod meddelelser af denne slags.");

        await folder.AddAsync(delivery, cancellationToken);
        return FagsystemAnswer.Accept();
    }
}
