namespace PostModtag.Application.Access;

/// <summary>One of <c>PostModtag:ApiKeys</c>: a program that calls the administration.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>What it is called in the audit trail.</summary>
    public string Name { get; set; } = "";

    /// <summary>The SHA-256 of the key, in hexadecimal. The key itself is kept nowhere.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>A role: <c>læser</c>, <c>sagsbehandler</c> or <c>administrator</c>. Null to give scopes only.</summary>
    public string? Role { get; set; }

    /// <summary>What it may do beside its role: names of <see cref="Permissions.OfAdministration"/>.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>The CVR numbers of the authorities that it is for; <c>*</c> for all.</summary>
    public IReadOnlyList<string> Authorities { get; set; } = [];
}

/// <summary>The settings under <c>PostModtag:Oidc</c>: whose tokens let people into the administration.</summary>
public sealed class OidcOptions
{
    /// <summary>The address of who issues them, such as <c>https://login.example/realms/kommunen</c>. Null (the default) for none.</summary>
    public string? Authority { get; set; }

    /// <summary>What a token must be for (<c>aud</c>).</summary>
    public string? Audience { get; set; }

    /// <summary>What the console is called at the provider (<c>client_id</c>). Null (the default) for the <see cref="Audience"/>.</summary>
    public string? ClientId { get; set; }

    /// <summary>The console's secret at the provider; null (the default) for a client that has none. The console always shows that it began the sign-in itself (PKCE).</summary>
    public string? ClientSecret { get; set; }

    /// <summary>The claim that names the person, for the audit trail. Default <c>preferred_username</c>; without it, <c>sub</c>.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>The claim that has the roles. Default <c>roles</c>.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The claim that has the CVR numbers of the authorities that the person is for, or <c>*</c>. Default <c>authorities</c>.</summary>
    public string AuthoritiesClaim { get; set; } = "authorities";
}
