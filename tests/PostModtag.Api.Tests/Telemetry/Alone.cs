namespace PostModtag.Api.Tests.Telemetry;

/// <summary>
/// Tests that run while no other does. OpenTelemetry knows a meter by its name: a second server in the process, when it ends, takes
/// the instruments of the first with it.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
