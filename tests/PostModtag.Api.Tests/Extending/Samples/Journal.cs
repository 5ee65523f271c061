using System.Collections.Concurrent;
using PostModtag.Application.Fagsystemer;

namespace PostModtag.Api.Tests.Extending.Samples;

public sealed class Journal(JournalDatabase database) : IFagsystem
{
    public async Task<FagsystemAnswer> DeliverAsync(FagsystemDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Header.ContentData?.CaseID is not { } caseId)
            return FagsystemAnswer.Reject("Meddelelsen har intet sagsnummer.");
        await using var letter = await delivery.Files[0].OpenReadAsync(cancellationToken);
        await database.AddOnceAsync(delivery.MessageUuid, caseId.CaseID, letter, cancellationToken);
        return FagsystemAnswer.Accept();
    }
}

/// <summary>What the vendor has: knows a message that it has taken.</summary>
public sealed class JournalDatabase
{
    public ConcurrentDictionary<Guid, (string Case, string Letter)> Letters { get; } = new();

    public async Task AddOnceAsync(Guid messageUuid, string caseId, Stream letter, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(letter);
        Letters.TryAdd(messageUuid, (caseId, await reader.ReadToEndAsync(cancellationToken)));
    }
}
