namespace PostModtag.Domain.Rules;

/// <summary>Keys in a hierarchy by dots, as KLE and FORM have.</summary>
internal static class Hierarchy
{
    /// <summary>Whether the key is the ancestor itself or stands below it.</summary>
    public static bool IsUnder(ReadOnlySpan<char> key, ReadOnlySpan<char> ancestor, StringComparison comparison)
    {
        var above = ancestor.TrimEnd('.');
        return key.StartsWith(above, comparison) && (key.Length == above.Length || key[above.Length] == '.');
    }

    /// <summary>The keys above one, from the top.</summary>
    public static IEnumerable<string> Above(string key)
    {
        for (var end = key.IndexOf('.'); end >= 0; end = key.IndexOf('.', end + 1))
            yield return key[..end];
    }
}
