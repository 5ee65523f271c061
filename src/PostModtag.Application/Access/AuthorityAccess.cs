using System.Collections.Frozen;

namespace PostModtag.Application.Access;

/// <summary>The authorities whose rules and messages a caller may see and change.</summary>
public sealed class AuthorityAccess
{
    /// <summary>What stands for all of them in settings and tokens.</summary>
    public const string Everyone = "*";

    private readonly FrozenSet<string>? _cvrs;

    private AuthorityAccess(FrozenSet<string>? cvrs) => _cvrs = cvrs;

    /// <summary>All of them.</summary>
    public static AuthorityAccess All { get; } = new(null);

    /// <summary>Whether it is all of them.</summary>
    public bool IsAll => _cvrs is null;

    /// <summary>Their CVR numbers; null for all.</summary>
    public IReadOnlyCollection<string>? Cvrs => _cvrs;

    /// <summary>Those with these CVR numbers; none of them when it is empty, all of them when <c>*</c> is among them.</summary>
    public static AuthorityAccess Of(IEnumerable<string> cvrs)
    {
        var named = cvrs.ToFrozenSet(StringComparer.Ordinal);
        return named.Contains(Everyone) ? All : new AuthorityAccess(named);
    }

    /// <summary>Whether the authority with that CVR number is among them. What is of no authority is only among all.</summary>
    public bool Includes(string? cvr) => _cvrs is null || (cvr is not null && _cvrs.Contains(cvr));
}
