using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PostModtag.Api.Mapping;
using PostModtag.Application.Guard;
using PostModtag.Contract.Administration;

namespace PostModtag.Api.Health;

/// <summary>Degraded while something is quiet: which, since when, and how long is left. A message can be taken all the same, so it is never more than that.</summary>
internal sealed class GuardHealth(Countdowns countdowns) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var quiet = countdowns.Latest.Countdowns.Where(countdown => countdown.IsQuiet).ToList();
        return Task.FromResult(quiet.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Join('\n', quiet.Select(countdown =>
                $"{countdown.Level.To<CountdownLevel>()} {countdown.Whose}, {Left(countdown.Left!.Value)}: {countdown.Text.English}"))));
    }

    private static string Left(TimeSpan left) =>
        left > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"{left.Days} d {left.Hours} h left") : "the seven days are over";
}
