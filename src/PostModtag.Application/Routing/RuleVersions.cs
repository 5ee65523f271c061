using System.Globalization;
using PostModtag.Application.Storage;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Routing;

/// <summary>Finds a version of an authority's rules by what people call it: <c>draft</c>, <c>current</c>, or a publication's number.</summary>
internal sealed class RuleVersions(ISetupStore store)
{
    /// <summary>The draft; where there is none, what editing begins with.</summary>
    public const string Draft = "draft";

    /// <summary>The publication that counts.</summary>
    public const string Current = "current";

    /// <summary>Whether that can be a version's name.</summary>
    public static bool IsName(string name) => name is Draft or Current || IsNumber(name, out _);

    /// <summary>Whether that is a publication's number.</summary>
    public static bool IsNumber(string name, out int number) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    /// <summary>The version of that name; null when there is none. An authority without publications has no current one.</summary>
    public async Task<RuleVersion?> FindAsync(string cvr, string name, CancellationToken cancellationToken)
    {
        var authority = await store.FindAuthorityAsync(cvr, cancellationToken);
        if (name == Draft && authority?.Draft is { } draft)
            return new RuleVersion(Draft, draft);
        if (name == Draft && authority?.CurrentVersion is null)
            return new RuleVersion(Draft, new RuleSet([]));

        var number = name is Draft or Current ? authority?.CurrentVersion : IsNumber(name, out var given) ? given : null;
        return number is { } found && await store.FindPublicationAsync(cvr, found, cancellationToken) is { } publication
            ? new RuleVersion(name == Draft ? Draft : found.ToString(CultureInfo.InvariantCulture), publication.RuleSet)
            : null;
    }
}

/// <summary>A version of an authority's rules.</summary>
/// <param name="Name"><c>draft</c> or a publication's number.</param>
/// <param name="RuleSet">Its rules.</param>
internal sealed record RuleVersion(string Name, RuleSet RuleSet);
