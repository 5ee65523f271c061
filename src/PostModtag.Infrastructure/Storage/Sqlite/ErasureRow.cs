namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>A content that belongs to no message any more, and is still to be overwritten: in a pack, or in a file of its own.</summary>
internal sealed class ErasureRow
{
    public const string Table = "Erasures";

    public long Id { get; init; }

    public required string Sha256 { get; init; }

    public required long Length { get; init; }

    /// <summary>The pack that it is in; null where it is in a file of its own.</summary>
    public required int? Pack { get; init; }

    public required long? Offset { get; init; }
}
