namespace PostModtag.Application.Deliveries;

/// <summary>Lets one node at a time act upon a message, where several nodes share a database.</summary>
public interface INodeTurns
{
    /// <summary>Waits for this node's turn. Null when it did not come in time; else dispose it to let the next node in. A node that dies lets the next one in too.</summary>
    Task<IAsyncDisposable?> TakeAsync(Guid messageUuid, TimeSpan patience);
}
