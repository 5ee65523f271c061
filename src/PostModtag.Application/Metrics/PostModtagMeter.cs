using System.Diagnostics.Metrics;

namespace PostModtag.Application.Metrics;

/// <summary>The one meter that all of the server's metrics belong to. docs/operating.md lists them.</summary>
internal sealed class PostModtagMeter(IMeterFactory meters)
{
    /// <summary>The name by which collectors know it.</summary>
    public const string Name = "PostModtag";

    /// <summary>The meter, to make instruments with.</summary>
    public Meter Meter { get; } = meters.Create(Name);
}
