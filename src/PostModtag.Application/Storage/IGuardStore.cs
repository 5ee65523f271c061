using PostModtag.Domain.Guard;

namespace PostModtag.Application.Storage;

/// <summary>Says what messages have come to, for the seven-day guard. It is asked every minute: the answer must not take longer the more messages there are.</summary>
public interface IGuardStore
{
    /// <summary>By the recipientID of the messages, where that has the form of a CVR number.</summary>
    Task<IReadOnlyDictionary<string, Taken>> FindTakenByAuthorityAsync(CancellationToken cancellationToken);

    /// <summary>By the key of the fagsystem that the messages are for.</summary>
    Task<IReadOnlyDictionary<string, Taken>> FindTakenByFagsystemAsync(CancellationToken cancellationToken);
}
