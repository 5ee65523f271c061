namespace PostModtag.Application.Access;

/// <summary>The settings under <c>PostModtag:Limits</c>: what holds of every call, before anybody is asked who it is.</summary>
public sealed class LimitOptions
{
    /// <summary>The most bytes of all headers together; more are answered 431. Default 32,768.</summary>
    public int MaxHeaderBytes { get; set; } = 32_768;

    /// <summary>The least bytes of a body in a second, after five seconds; fewer are answered 408. Default 240.</summary>
    public int MinBodyBytesPerSecond { get; set; } = 240;

    /// <summary>How many calls with a body are taken at once; more are answered 503. Default 1,000.</summary>
    public int ConcurrentUploads { get; set; } = 1_000;

    /// <summary>How many calls in a second one caller may make; more are answered 429. It counts while sign-in is on. Default 1,000.</summary>
    public int CallsPerSecond { get; set; } = 1_000;

    /// <summary>How many calls in a second may come from one address, whoever makes them; more are answered 429. It counts while sign-in is on. Default 2,000.</summary>
    public int CallsPerSecondFromAddress { get; set; } = 2_000;
}
