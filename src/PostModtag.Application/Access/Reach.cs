namespace PostModtag.Application.Access;

/// <summary>A request about one authority: only who may see that authority makes it. A test finds requests that say nothing of their reach.</summary>
public interface IOfAuthority
{
    /// <summary>The authority's CVR number.</summary>
    string Cvr { get; }
}

/// <summary>A request whose handler finds only what is of the caller's authorities.</summary>
public interface IOfCallersAuthorities;

/// <summary>A request about the whole server: only who may see all authorities makes it.</summary>
public interface IOfServer;

/// <summary>A request about nothing that is of one authority only.</summary>
public interface IOfEveryone;
