namespace PostModtag.Infrastructure.Storage;

/// <summary>
/// The questions that every message asks, most of them several times over, and whose answers are one value. They are asked with
/// statements that stay prepared, for EF makes more of them than the database does.
/// </summary>
internal interface IQuickQueries
{
    /// <summary>Whether a message with that messageUUID is kept.</summary>
    Task<bool> HasMessageAsync(Guid messageUuid, CancellationToken cancellationToken);

    /// <summary>The revision of the set-up.</summary>
    Task<long> GetRevisionAsync(CancellationToken cancellationToken);
}

/// <summary>Their SQL, but for the names of the parameters.</summary>
internal static class QuickSql
{
    public const string HasMessage = """SELECT COUNT(*) FROM "Messages" WHERE "MessageUuid" = """;
    public const string Revision = """SELECT "Revision" FROM "Setup" """;
}
