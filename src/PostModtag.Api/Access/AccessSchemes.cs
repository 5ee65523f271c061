namespace PostModtag.Api.Access;

/// <summary>The ways to sign in.</summary>
internal static class AccessSchemes
{
    /// <summary>At EP_FS1: a client certificate, a token, or both.</summary>
    public const string Caller = "Caller";

    /// <summary>In the administration: at the console, its cookie; else whichever of the next two the call has.</summary>
    public const string Administration = "Administration";

    /// <summary>A program's key in <see cref="ApiKeyHeader"/>.</summary>
    public const string ApiKey = "ApiKey";

    /// <summary>A person's token of an OpenID Connect provider.</summary>
    public const string Person = "Bearer";

    /// <summary>At the console: the cookie of a person who has signed in.</summary>
    public const string Console = "Console";

    /// <summary>Where a person signs in to the console: the OpenID Connect provider.</summary>
    public const string Provider = "Provider";

    /// <summary>The header with an API key.</summary>
    public const string ApiKeyHeader = "X-Api-Key";
}
