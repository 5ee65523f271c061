namespace PostModtag.Application.Paging;

/// <summary>A page, or what is wrong with the query.</summary>
/// <typeparam name="T">What there are pages of.</typeparam>
public abstract class PageResult<T>
{
    private PageResult()
    {
    }

    /// <summary>A page.</summary>
    public sealed class Page(IReadOnlyList<T> items, string? nextCursor) : PageResult<T>
    {
        /// <summary>What is on it.</summary>
        public IReadOnlyList<T> Items { get; } = items;

        /// <summary>Where the next page begins; null when this is the last.</summary>
        public string? NextCursor { get; } = nextCursor;
    }

    /// <summary>The query cannot be answered.</summary>
    public sealed class Invalid(string reason) : PageResult<T>
    {
        /// <summary>What is wrong, and what it should be; it quotes no value.</summary>
        public string Reason { get; } = reason;
    }

    /// <summary>A page of what was found; one more than it holds was asked for, to know whether there is a next.</summary>
    internal static Page Of(IReadOnlyList<T> found, int pageSize, Func<T, string> cursorOf) => found.Count <= pageSize
        ? new Page(found, null)
        : new Page([.. found.Take(pageSize)], cursorOf(found[pageSize - 1]));
}
