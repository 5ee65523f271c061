using Microsoft.Extensions.Hosting;
using PostModtag.Application.Administration;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.Fagsystemer;

/// <summary>Registers the fagsystemer of this process when the server starts: the indbakke, and a vendor's handlers, so that rules can name them.</summary>
internal sealed class OwnFagsystemer(FagsystemDirectory handlers, ISetupStore store, SetupChanges changes, TimeProvider clock) : IHostedService
{
    private const string Owner = "PostModtag";

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var key in handlers.All)
            await changes.MakeAsync(() => AttemptAsync(key, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<(SetupChange?, bool)> AttemptAsync(string key, CancellationToken cancellationToken)
    {
        if (await store.FindFagsystemAsync(key, cancellationToken) is not null)
            return (null, false);

        var now = clock.GetUtcNow();
        var kind = key == Indbakke.Key ? FagsystemKind.Inbox : FagsystemKind.Handler;
        var fagsystem = Fagsystem.Register(key, key == Indbakke.Key ? "Indbakke" : key, Owner, kind, null, [], [], now);
        var audit = new AuditEntry(now, "the server", AuditAction.FagsystemRegistered, null, key, FagsystemText.Of(fagsystem));
        return (new SetupChange { AddedFagsystem = fagsystem, Audit = audit }, true);
    }
}
