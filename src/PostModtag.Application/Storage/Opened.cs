namespace PostModtag.Application.Storage;

/// <summary>What opening something of a message's contents can end as, and nothing else.</summary>
/// <typeparam name="T">What is opened.</typeparam>
public abstract class Opened<T>
{
    private Opened()
    {
    }

    /// <summary>It is open. Whoever gets it disposes the stream in it.</summary>
    public sealed class Done(T value) : Opened<T>
    {
        /// <summary>What is open.</summary>
        public T Value { get; } = value;
    }

    /// <summary>There is no such message, or nothing of that number in it.</summary>
    public sealed class NotFound : Opened<T>;

    /// <summary>The message is there, and its contents were deleted, since the authority keeps them no longer.</summary>
    public sealed class Deleted(DateTimeOffset at) : Opened<T>
    {
        /// <summary>When, UTC.</summary>
        public DateTimeOffset At { get; } = at;
    }
}
