namespace PostModtag.Infrastructure.Storage;

/// <summary>What nodes that share a database do one after the other: the numbers of their turns. 1 is that of making the tables.</summary>
internal static class NodeTurn
{
    /// <summary>Deleting what is kept no longer.</summary>
    public const int Retention = 2;

    /// <summary>Making the days' records.</summary>
    public const int Reconciliation = 3;
}
