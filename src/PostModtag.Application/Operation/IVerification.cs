namespace PostModtag.Application.Operation;

/// <summary>Reads everything that is kept, and says what is not as it must be. It changes nothing, and a server may run meanwhile.</summary>
public interface IVerification
{
    /// <summary>Reads it all.</summary>
    /// <param name="progress">Is told in sentences how far it has come.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="OperationRefusedException">There is nothing to be read; the message says why and what to do.</exception>
    Task<VerificationReport> RunAsync(IProgress<string> progress, CancellationToken cancellationToken);
}

/// <summary>What was found.</summary>
/// <param name="Contents">How many contents were read, each byte of them.</param>
/// <param name="Messages">How many messages were checked.</param>
/// <param name="Files">How many files were decoded.</param>
/// <param name="Reconciliations">How many records of days were checked.</param>
/// <param name="Findings">What is wrong, each a sentence; it names messages by their messageUUID and contents by their SHA-256.</param>
public sealed record VerificationReport(long Contents, long Messages, long Files, long Reconciliations, IReadOnlyList<string> Findings);
