namespace PostModtag.Application.Storage;

/// <summary>Moves everything from SQLite in the data folder to PostgreSQL.</summary>
public interface IDatabaseMove
{
    /// <summary>
    /// Moves it, and compares both sides. A move that was broken off goes on where it was. The data folder keeps all that it had;
    /// after the move no server starts on it any more.
    /// </summary>
    /// <param name="progress">Is told, line by line, how far it has come.</param>
    /// <param name="cancellationToken">Breaks it off, for a later one to go on.</param>
    /// <exception cref="InvalidOperationException">It cannot be done; the message says why and what to do.</exception>
    Task RunAsync(IProgress<string> progress, CancellationToken cancellationToken);
}
