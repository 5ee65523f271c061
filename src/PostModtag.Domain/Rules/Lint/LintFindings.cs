using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Rules.Lint;

/// <summary>What lint has found so far.</summary>
internal sealed class LintFindings
{
    private readonly List<LintFinding> _all = [];

    /// <summary>All of it, errors first.</summary>
    public IReadOnlyList<LintFinding> InOrder => [.. _all.OrderByDescending(finding => finding.IsError)];

    /// <summary>Adds one about the whole set.</summary>
    public void Add(LintCode code, string danish, string english) => Add(code, null, null, null, danish, english);

    /// <summary>Adds one about a rule, or about the set's last resort when it is null.</summary>
    public void Add(LintCode code, DistributionRule? rule, string danish, string english) => Add(code, rule, null, null, danish, english);

    /// <summary>Adds one about a condition.</summary>
    public void Add(LintCode code, DistributionRule rule, int condition, string danish, string english) => Add(code, rule, condition, null, danish, english);

    /// <summary>Adds one about a rule beside an earlier one.</summary>
    public void Add(LintCode code, DistributionRule rule, DistributionRule earlier, string danish, string english) => Add(code, rule, null, earlier, danish, english);

    private void Add(LintCode code, DistributionRule? rule, int? condition, DistributionRule? other, string danish, string english) =>
        _all.Add(new LintFinding(code, rule?.Name, condition, other?.Name, new BilingualText(danish, english)));
}
