using System.Globalization;

namespace PostModtag.Domain.Rules;

/// <summary>What differs between two rule sets. Rules are the same rule when they have the same name.</summary>
public static class RuleSetComparison
{
    /// <summary>The differences, in the order of the rules; settings of the whole set first.</summary>
    public static IReadOnlyList<RuleDifference> Compare(RuleSet from, RuleSet to) =>
    [
        .. Changes(null, [
            ("repliesFindHome", Text(from.RepliesFindHome), Text(to.RepliesFindHome)),
            ("otherwise", from.Otherwise, to.Otherwise),
            ("whenUndecided", RuleSet.WhenUndecidedWords[from.WhenUndecided], RuleSet.WhenUndecidedWords[to.WhenUndecided])]),
        .. Rules(from, to),
    ];

    private static IEnumerable<RuleDifference> Rules(RuleSet from, RuleSet to)
    {
        // Names are one to a rule in a set without errors; of those in one with errors, each pairs with the next.
        var earlier = from.InOrder.GroupBy(rule => rule.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(rules => rules.Key, rules => new Queue<DistributionRule>(rules), StringComparer.OrdinalIgnoreCase);
        var differences = new List<RuleDifference>();
        foreach (var rule in to.InOrder)
        {
            if (earlier.TryGetValue(rule.Name, out var same) && same.TryDequeue(out var before))
                differences.AddRange(Changes(rule.Name, Properties(before, rule)));
            else
                differences.Add(new RuleDifference(DifferenceKind.Added, rule.Name, null, null, InWords(rule)));
        }

        return differences.Concat(earlier.Values.SelectMany(rules => rules)
            .Select(rule => new RuleDifference(DifferenceKind.Removed, rule.Name, null, InWords(rule), null)));
    }

    private static IEnumerable<(string, string?, string?)> Properties(DistributionRule from, DistributionRule to) =>
    [
        ("name", from.Name, to.Name),
        ("priority", from.Priority.ToString(CultureInfo.InvariantCulture), to.Priority.ToString(CultureInfo.InvariantCulture)),
        ("conditions", Conditions(from), Conditions(to)),
        ("fagsystem", from.Fagsystem, to.Fagsystem),
        ("validFrom", Text(from.ValidFrom), Text(to.ValidFrom)),
        ("validUntil", Text(from.ValidUntil), Text(to.ValidUntil)),
        ("enabled", Text(from.IsEnabled), Text(to.IsEnabled)),
    ];

    private static IEnumerable<RuleDifference> Changes(string? rule, IEnumerable<(string Property, string? From, string? To)> properties) => properties
        .Where(property => property.From != property.To)
        .Select(property => new RuleDifference(DifferenceKind.Changed, rule, property.Property, property.From, property.To));

    private static string InWords(DistributionRule rule) => $"{(rule.Conditions.Count == 0 ? "everything" : Conditions(rule))} → {rule.Fagsystem}";

    private static string Conditions(DistributionRule rule) => string.Join("; ", rule.Conditions.Select(ConditionText.Of));

    private static string Text(bool value) => value ? "true" : "false";

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>One difference between two rule sets.</summary>
/// <param name="Kind">Added, removed or changed.</param>
/// <param name="Rule">The rule's name; null for a setting of the whole set.</param>
/// <param name="Property">What of it was changed; null when the whole rule was added or removed.</param>
/// <param name="From">What it was, in words; null when it was not there.</param>
/// <param name="To">What it is, in words; null when it is not there.</param>
public sealed record RuleDifference(DifferenceKind Kind, string? Rule, string? Property, string? From, string? To);

/// <summary>What kind of difference it is.</summary>
public enum DifferenceKind
{
    /// <summary>Only the second has it.</summary>
    Added,

    /// <summary>Only the first has it.</summary>
    Removed,

    /// <summary>Both have it, and not alike.</summary>
    Changed,
}
