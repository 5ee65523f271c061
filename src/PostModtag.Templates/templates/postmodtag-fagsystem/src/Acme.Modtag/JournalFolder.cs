using PostModtag.Application.Fagsystemer;

namespace Acme.Modtag;

/// <summary>Where the journal keeps messages: a folder each, which is there whole or not at all. Put your own database in its place.</summary>
public sealed class JournalFolder(IConfiguration configuration)
{
    private readonly string _path = configuration["Journal:Folder"] ?? "journal";

    /// <summary>Whether it has that message.</summary>
    public bool Has(Guid messageUuid) => Directory.Exists(Of(messageUuid));

    /// <summary>Takes a message with its files.</summary>
    public async Task AddAsync(FagsystemDelivery delivery, CancellationToken cancellationToken)
    {
        var unfinished = Directory.CreateDirectory($"{Of(delivery.MessageUuid)}.{Guid.NewGuid():N}").FullName;
        foreach (var file in delivery.Files)
        {
            await using var from = await file.OpenReadAsync(cancellationToken);
            await using var to = File.Create(Path.Combine(unfinished, $"{file.Number}"));
            await from.CopyToAsync(to, cancellationToken);
        }

        Directory.Move(unfinished, Of(delivery.MessageUuid));
    }

    private string Of(Guid messageUuid) => Path.Combine(_path, messageUuid.ToString());
}
