using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Outbox;
using PostModtag.Application.Storage;
using PostModtag.Domain.Outbox;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Outbox;

/// <summary>Puts into the outbox what others would have to be asked for.</summary>
internal static class EndedEntries
{
    /// <summary>A copy of a decided message that a fagsystem has refused; its number.</summary>
    public static async Task<long> RefuseCopyAsync(this TestServer server, TestMemo memo, string fagsystem)
    {
        var outbox = server.Services.GetRequiredService<IOutbox>();
        var message = await server.Services.GetRequiredService<IMessageStore>().FindAsync(memo.Uuid, CancellationToken.None);
        var entry = OutboxEntry.CopyOf(message!, fagsystem);
        entry.Record(new OutboxOutcome(OutboxState.Refused), message!.ReceivedAt, null);
        await outbox.AddAsync(entry, CancellationToken.None);
        return entry.Id;
    }
}
