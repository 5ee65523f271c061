using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Domain.Rules.Lint;

/// <summary>Looks over a rule set before it is published.</summary>
public sealed class RuleLint
{
    private readonly LintFindings _findings = new();
    private readonly RuleSet _ruleSet;
    private readonly DateOnly _today;
    private readonly Func<string, FagsystemState?> _stateOf;

    private RuleLint(RuleSet ruleSet, DateOnly today, Func<string, FagsystemState?> stateOf)
    {
        _ruleSet = ruleSet;
        _today = today;
        _stateOf = stateOf;
    }

    /// <summary>Everything there is to say of a rule set, errors first.</summary>
    /// <param name="ruleSet">The rule set.</param>
    /// <param name="today">The day, for periods that are over.</param>
    /// <param name="stateOf">The state of the fagsystem with that key; null when none is registered.</param>
    public static IReadOnlyList<LintFinding> Check(RuleSet ruleSet, DateOnly today, Func<string, FagsystemState?> stateOf)
    {
        var lint = new RuleLint(ruleSet, today, stateOf);
        lint.CheckSet(lint.CheckRules());
        return lint._findings.InOrder;
    }

    /// <summary>Looks over each rule by itself; returns those that can be asked.</summary>
    private List<CompiledRule> CheckRules()
    {
        var sound = new List<CompiledRule>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var conditions = new ConditionLint(_findings);
        foreach (var rule in _ruleSet.InOrder)
        {
            if (string.IsNullOrWhiteSpace(rule.Name) || !names.Add(rule.Name))
                _findings.Add(LintCode.NameNotUnique, rule, "Reglen skal have et navn, som ingen anden har. Giv den et andet.", "The rule must have a name that no other has. Give it another.");
            CheckPeriod(rule);
            CheckFagsystem(rule.Fagsystem, rule);
            if (conditions.Check(rule) is not { } compiled)
                continue;
            sound.Add(compiled);
            if (ConditionLogic.NeverHold(compiled.Tests))
                _findings.Add(LintCode.Contradiction, rule, "Betingelserne kan aldrig være opfyldt samtidig. Fjern en af dem, eller del reglen i to.", "The conditions can never hold together. Remove one of them, or make two rules of it.");
        }

        return sound;
    }

    /// <summary>Looks over the rules beside each other: those that take messages, now or later.</summary>
    private void CheckSet(List<CompiledRule> sound)
    {
        CompiledRule[] inForce = [.. sound.Where(rule => rule.Rule.IsEnabled && !(rule.Rule.ValidUntil < _today) && !(rule.Rule.ValidFrom > rule.Rule.ValidUntil))];
        if (_ruleSet.Otherwise is { } otherwise)
            CheckFagsystem(otherwise, null);
        foreach (var (rule, by) in Shadows.Find(inForce))
            _findings.Add(LintCode.Shadowed, rule.Rule, by.Rule, $"Reglen {by.Rule.Name} kommer først og tager alt, hvad denne ville tage. Flyt denne op, eller fjern den.", $"The rule {by.Rule.Name} comes first and takes all that this one would. Move this one up, or remove it.");
        CheckOverlaps(inForce);
        if (_ruleSet.Otherwise is null && !Array.Exists(inForce, rule => rule is { Tests: [], Rule: { ValidFrom: null, ValidUntil: null } }))
            _findings.Add(LintCode.NoCatchAll, "Meddelelser, som ingen regel tager, bliver afvist. Tilføj en regel uden betingelser, eller vælg et fagsystem til dem.", "Messages that no rule takes are rejected. Add a rule without conditions, or name a fagsystem for them.");
    }

    private void CheckOverlaps(CompiledRule[] rules)
    {
        var overlaps = new Overlaps(_today);
        foreach (var (rule, other) in overlaps.Find(rules))
        {
            if (rule.Rule.Priority == other.Rule.Priority)
                _findings.Add(LintCode.Overlap, rule.Rule, other.Rule, $"Reglen {other.Rule.Name} har samme prioritet, kan tage de samme meddelelser og sender dem et andet sted hen. Giv dem hver sin prioritet.", $"The rule {other.Rule.Name} has the same priority, can take the same messages and sends them elsewhere. Give them different priorities.");
            else
                _findings.Add(LintCode.Overlap, rule.Rule, other.Rule, $"Reglen {other.Rule.Name} kommer først, spørger om de samme felter, kan tage nogle af de samme meddelelser og sender dem et andet sted hen. Fjern de fælles værdier fra en af dem.", $"The rule {other.Rule.Name} comes first, asks for the same fields, can take some of the same messages and sends them elsewhere. Remove the values they share from one of them.");
        }

        if (!overlaps.IsComplete)
            _findings.Add(LintCode.OverlapsNotAllCompared, "Reglerne ligner hinanden så meget, at ikke alle par er sammenlignet, og nogle kan overlappe uden at stå her. Giv dem hver sin prioritet, eller saml flere værdier i én regel.", "The rules are so alike that not all pairs were compared, and some may overlap without standing here. Give them different priorities, or put several values into one rule.");
    }

    private void CheckPeriod(DistributionRule rule)
    {
        if (rule.ValidFrom > rule.ValidUntil)
            _findings.Add(LintCode.PeriodIsEmpty, rule, "Perioden slutter, før den begynder. Byt om på dagene.", "The period ends before it begins. Swap the days.");
        else if (rule.ValidUntil < _today)
            _findings.Add(LintCode.PeriodIsOver, rule, "Reglens periode er udløbet. Fjern reglen, eller forlæng den.", "The rule's period is over. Remove the rule, or prolong it.");
    }

    private void CheckFagsystem(string key, DistributionRule? rule)
    {
        switch (_stateOf(key))
        {
            case null:
                _findings.Add(LintCode.UnknownFagsystem, rule, $"Fagsystemet {key} er ikke registreret. Registrér det, eller vælg et andet.", $"The fagsystem {key} is not registered. Register it, or choose another.");
                break;
            case FagsystemState.Retired:
                _findings.Add(LintCode.RetiredFagsystem, rule, $"Fagsystemet {key} er taget ud af brug. Vælg et andet.", $"The fagsystem {key} has been retired. Choose another.");
                break;
            case FagsystemState.Paused:
                _findings.Add(LintCode.PausedFagsystem, rule, $"Fagsystemet {key} er sat på pause, og meddelelser til det venter. Vælg et andet, hvis de ikke kan vente.", $"The fagsystem {key} is paused, and messages for it wait. Choose another if they cannot.");
                break;
        }
    }
}
