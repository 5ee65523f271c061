namespace PostModtag.Web;

/// <summary>What the console says in the place of a page; the number is the HTTP status.</summary>
public enum ConsoleProblem
{
    /// <summary>The form does not come from one of our pages, or from one that is too old.</summary>
    BadForm = 400,

    /// <summary>The person may not see that.</summary>
    NotPermitted = 403,

    /// <summary>There is no such page.</summary>
    NotFound = 404,

    /// <summary>What was sent is larger than is taken.</summary>
    TooLarge = 413,

    /// <summary>It cannot be done now.</summary>
    Unavailable = 503,
}
