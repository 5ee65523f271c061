namespace PostModtag.Application.Operation;

/// <summary>Looks at something that the server needs of where it runs. It is asked when the server starts, and by <c>postmodtag doctor</c>.</summary>
public interface IStartCheck
{
    /// <summary>What it looks at, in a word or two: <c>disk</c>.</summary>
    string Subject { get; }

    /// <summary>What it sees.</summary>
    Task<IReadOnlyList<StartFinding>> RunAsync(CancellationToken cancellationToken);
}

/// <summary>What was seen.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Sentence">What is so, and, unless it is good, how to mend it.</param>
public sealed record StartFinding(StartFindingLevel Level, string Sentence);

/// <summary>How bad something is that was seen.</summary>
public enum StartFindingLevel
{
    /// <summary>It is as it must be.</summary>
    Ok,

    /// <summary>It will be wrong, or may be.</summary>
    Warning,

    /// <summary>It is wrong, and the server does what it can all the same.</summary>
    Error,

    /// <summary>It is wrong, and no server starts so.</summary>
    Fatal,
}
