namespace PostModtag.Infrastructure.Storage.Move;

/// <summary>The move to this database: one row once it has begun.</summary>
internal sealed class MoveRow
{
    public int Id { get; init; } = 1;

    /// <summary>The data folder that it is from.</summary>
    public required string Folder { get; init; }

    public required bool IsComplete { get; set; }
}

/// <summary>How far the move of a table has come; committed with the rows themselves.</summary>
internal sealed class MovedTableRow
{
    public required string Name { get; init; }

    /// <summary>The key of the last row that is there, as SQLite has it, as a JSON array; null before the first.</summary>
    public required string? LastKey { get; set; }
}
