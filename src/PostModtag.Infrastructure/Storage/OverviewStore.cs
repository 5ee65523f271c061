using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;

namespace PostModtag.Infrastructure.Storage;

/// <summary>Counts by a range of the index of when messages were received: what it costs grows with the range, and not with all that is kept.</summary>
internal sealed class OverviewStore(IDbContextFactory<PostModtagDbContext> databases) : IOverviewStore
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<CountedMessages>> CountAsync(DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Messages.Where(message => message.ReceivedAt >= from && message.ReceivedAt < before)
            .GroupBy(message => new { message.Summary.RecipientId, message.State, message.Fagsystem })
            .Select(group => new CountedMessages(group.Key.RecipientId, group.Key.State, group.Key.Fagsystem, group.Count()))
            .ToListAsync(cancellationToken);
    }

    /// <summary>By the index of states, and by no other: a period would be one that may have very many.</summary>
    public async Task<IReadOnlyList<UndecidedMessage>> FindUndecidedAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Messages.Undecided()
            .Select(message => new UndecidedMessage(message.ReceivedAt, message.Summary.RecipientId, message.State, message.Fagsystem))
            .ToListAsync(cancellationToken);
    }
}
