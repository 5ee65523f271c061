using PostModtag.Application.Deliveries;
using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Api.Tests.Extending.Samples;

public sealed class FolderDelivery(IRestFagsystem http, IContentStore contents, string folder) : IRestFagsystem
{
    public async Task<DeliveryOutcome> DeliverAsync(Message message, Fagsystem fagsystem, CancellationToken cancellationToken)
    {
        if (fagsystem.Key != "arkiv")
            return await http.DeliverAsync(message, fagsystem, cancellationToken);
        var file = Path.Combine(folder, $"{message.MessageUuid}.xml");
        try
        {
            await using var xml = await contents.OpenReadAsync(message.Xml, cancellationToken);
            await using (var part = File.Create($"{file}.part"))
            {
                await xml.CopyToAsync(part, cancellationToken);
                part.Flush(flushToDisk: true);
            }

            File.Move($"{file}.part", file, overwrite: true);
            return new DeliveryOutcome.Accepted();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return new DeliveryOutcome.Undecided(UndecidedReason.ConnectionFailed);
        }
    }

    public Task<FagsystemProbe> ProbeAsync(Fagsystem fagsystem, CancellationToken cancellationToken) => http.ProbeAsync(fagsystem, cancellationToken);

    public ConnectionStatus StatusOf(Fagsystem fagsystem) => http.StatusOf(fagsystem);
}
