using Microsoft.Extensions.Hosting;

namespace PostModtag.Application.Hosting;

/// <summary>Something that is done once, around the start of the server; whoever derives says when, and the other moments pass by.</summary>
internal abstract class StartingService : IHostedLifecycleService
{
    /// <summary>Before anything starts; the server starts only when all have ended.</summary>
    public virtual Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>When everything has started, and the server listens.</summary>
    public virtual Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
