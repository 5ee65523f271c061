namespace PostModtag.Infrastructure.Storage.Verify;

/// <summary>What is checked of one database only.</summary>
internal interface IDatabaseVerification
{
    /// <summary>Whether there is anything to be read.</summary>
    /// <exception cref="Application.Operation.OperationRefusedException">There is not.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Checks the database as such, and what lies beside it.</summary>
    Task RunAsync(Findings findings, CancellationToken cancellationToken);
}
