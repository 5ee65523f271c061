namespace PostModtag.Conformance;

/// <summary>One thing that the contract says of every EP_FS1, and how it is found out.</summary>
/// <param name="Id">Its name in reports, which stays.</param>
/// <param name="Title">What is tried.</param>
/// <param name="Sentence">What the contract says.</param>
/// <param name="Source">Where it says so.</param>
/// <param name="RunAsync">Tries it. Throws <see cref="CaseFailedException"/>, or <see cref="CaseSkippedException"/>.</param>
public sealed record ConformanceCase(string Id, string Title, string Sentence, string Source, Func<Probe, Task> RunAsync)
{
    /// <summary>Whether it takes long, or much: <c>--quick</c> leaves it out.</summary>
    public bool IsLong { get; init; }
}

/// <summary>The endpoint did not do what the contract says.</summary>
/// <param name="sent">What was sent, in words.</param>
/// <param name="expected">What was to come.</param>
/// <param name="came">What came.</param>
public sealed class CaseFailedException(string sent, string expected, string came) : Exception($"Sent {sent}. Expected {expected}. Came: {came}.");

/// <summary>It could not be found out, for want of something.</summary>
/// <param name="missing">What to give.</param>
public sealed class CaseSkippedException(string missing) : Exception(missing);
