using PostModtag.Application.Storage;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.Fagsystemer;

/// <summary>Who points to a fagsystem.</summary>
internal static class FagsystemUse
{
    /// <summary>Says which rules point to it; null when none do.</summary>
    public static async Task<string?> OfAsync(ISetupStore store, string key, bool alsoDrafts, CancellationToken cancellationToken)
    {
        var places = (await store.FindReferencesAsync(key, cancellationToken))
            .Where(reference => alsoDrafts || reference.Version is not null)
            .Select(reference => reference.Version is { } version ? $"{reference.Cvr} (publication {version})" : $"{reference.Cvr} (draft)")
            .ToList();
        return places.Count == 0 ? null : $"The fagsystem {key} is in use by the rules of {string.Join(", ", places)}.";
    }

    /// <summary>Says which fagsystemer hand their messages on to it; null when none do.</summary>
    public static string? HandingOnTo(string key, IEnumerable<Fagsystem> fagsystemer)
    {
        var by = fagsystemer.Where(other => other.Key != key && other.HandOnTo.Contains(key)).Select(other => other.Key).ToList();
        return by.Count == 0 ? null : $"The fagsystem {key} gets copies of what {string.Join(", ", by)} {(by.Count == 1 ? "accepts" : "accept")} (handOnTo).";
    }
}
