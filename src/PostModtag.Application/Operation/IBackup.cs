namespace PostModtag.Application.Operation;

/// <summary>Takes everything that the server keeps to another folder, while it runs, and brings it back.</summary>
public interface IBackup
{
    /// <summary>
    /// Copies database, contents and keys as they were at one moment, with a list of all files and their SHA-256, which is written last: a
    /// folder without it is no backup. A server that runs goes on taking messages.
    /// </summary>
    /// <param name="folder">A folder that is empty or not there.</param>
    /// <param name="progress">Is told in sentences how far it has come.</param>
    /// <param name="cancellationToken">Breaks it off; what was copied is of no use then.</param>
    /// <exception cref="OperationRefusedException">It cannot be done; the message says why and what to do.</exception>
    Task CreateAsync(string folder, IProgress<string> progress, CancellationToken cancellationToken);

    /// <summary>
    /// Checks every file of a backup, and then puts all of it where the settings say that the server keeps things, and where nothing may be.
    /// Broken off, it is done again from the start.
    /// </summary>
    /// <param name="folder">The backup.</param>
    /// <param name="progress">Is told in sentences how far it has come.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="OperationRefusedException">It cannot be done; the message says why and what to do.</exception>
    Task RestoreAsync(string folder, IProgress<string> progress, CancellationToken cancellationToken);

    /// <summary>Reads every file of a backup and compares it with the list.</summary>
    /// <inheritdoc cref="RestoreAsync"/>
    Task CheckAsync(string folder, IProgress<string> progress, CancellationToken cancellationToken);
}

/// <summary>What an operator wants cannot be done; the message says why and what to do, and has no field value of a message.</summary>
public sealed class OperationRefusedException(string message, Exception? inner = null) : Exception(message, inner);
