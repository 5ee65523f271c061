using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using PostModtag.Application.Metrics;

namespace PostModtag.Infrastructure.Storage;

/// <summary>How much room the data folder's disk has left, for those who want to know before it is full.</summary>
internal sealed class DiskMetrics(DataFolder folder, PostModtagMeter meter) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.Meter.CreateObservableGauge("postmodtag.disk.free", Free, "By", "Room left on the disk of the data folder.");
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<long>> Free()
    {
        try
        {
            return [new Measurement<long>(new DriveInfo(folder.Path).AvailableFreeSpace)];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
