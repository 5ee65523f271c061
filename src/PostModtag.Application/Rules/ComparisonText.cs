using PostModtag.Domain.Rules;

namespace PostModtag.Application.Rules;

/// <summary>Differences in words, for the audit trail: all of few, and how many of many.</summary>
internal static class ComparisonText
{
    private const int MostInWords = 20;
    private const int MostCharacters = 4_000;

    public static string Of(IReadOnlyList<RuleDifference> differences)
    {
        if (differences.Count == 0)
            return "no difference";
        var words = string.Join("; ", differences.Take(MostInWords).Select(Of));
        if (words.Length > MostCharacters)
            words = words[..MostCharacters] + "…";
        return differences.Count > MostInWords ? $"{words}; and {differences.Count - MostInWords} more differences" : words;
    }

    private static string Of(RuleDifference difference) => difference.Kind switch
    {
        DifferenceKind.Added => $"added {difference.Rule} ({difference.To})",
        DifferenceKind.Removed => $"removed {difference.Rule} ({difference.From})",
        _ => $"changed {(difference.Rule is null ? "" : difference.Rule + " ")}{difference.Property} from {difference.From ?? "nothing"} to {difference.To ?? "nothing"}",
    };
}
