using System.Linq.Expressions;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Memo;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage;

/// <summary>
/// Finds a message whose kept model does not fit today's, which is generated from the newest schema: the model is made
/// again from the message's own bytes. The row stays as it is.
/// </summary>
internal sealed class MessageMender(IDbContextFactory<PostModtagDbContext> databases, IContentStore contents, IMemoReader reader)
{
    /// <summary>The message, or null when there is none. Its Memo is null where today's reader no longer takes it, and where its bytes are not kept any more.</summary>
    public async Task<Message?> FindAsync(Guid messageUuid, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var message = await database.WithoutJson().SingleOrDefaultAsync(row => row.MessageUuid == messageUuid, cancellationToken);
        if (message is null)
            return null;

        await using var reading = message.ContentsDeletedAt is null ? await ReadAgainAsync(message, cancellationToken) : null;
        var read = (reading as MemoReading.Message)?.Memo;
        var entry = database.Entry(message);
        var memo = await KeptAsync(database, message, row => row.Memo, cancellationToken);
        entry.Property(row => row.Memo).CurrentValue = memo.Fits ? memo.Value : read?.Memo;
        var violations = await KeptAsync(database, message, row => row.Violations, cancellationToken);
        entry.Property(row => row.Violations).CurrentValue = violations is { Fits: true, Value: { } value } ? value : read?.Rejection?.Violations ?? [];
        return message;
    }

    private async Task<MemoReading> ReadAgainAsync(Message message, CancellationToken cancellationToken)
    {
        await using var xml = await contents.OpenReadAsync(message.Xml, cancellationToken);
        var charset = MediaTypeHeaderValue.TryParse(message.ContentType, out var type) ? type.CharSet?.Trim('"') : null;
        return await reader.ReadAsync(xml, charset is null ? null : Encoding.GetEncoding(charset), cancellationToken);
    }

    private static async Task<(bool Fits, T? Value)> KeptAsync<T>(
        PostModtagDbContext database, Message message, Expression<Func<Message, T>> property, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await database.Messages.Where(row => row.Id == message.Id).Select(property).SingleAsync(cancellationToken));
        }
        catch (Exception exception) when (MessageRows.DoesNotFit(exception))
        {
            return (false, default);
        }
    }
}
