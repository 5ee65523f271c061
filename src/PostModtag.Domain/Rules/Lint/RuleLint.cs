using System.Text.RegularExpressions;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Rules.Lint;

/// <summary>Looks over a rule set before it is published.</summary>
public sealed partial class RuleLint
{
    /// <summary>Pairs of rules of equal priority that are looked at for overlaps; beyond, a set is too uniform to tell.</summary>
    private const int MostPairs = 200_000;

    private readonly List<LintFinding> _findings = [];
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
        lint.Check();
        return [.. lint._findings.OrderByDescending(finding => finding.IsError)];
    }

    private void Check()
    {
        var sound = new List<CompiledRule>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in _ruleSet.InOrder)
        {
            if (string.IsNullOrWhiteSpace(rule.Name) || !names.Add(rule.Name))
                Add(LintCode.NameNotUnique, rule, null, "Reglen skal have et navn, som ingen anden har. Giv den et andet.", "The rule must have a name that no other has. Give it another.");
            CheckPeriod(rule);
            CheckFagsystem(rule.Fagsystem, rule);
            if (CheckConditions(rule))
                sound.Add(CompiledRule.Compile(rule));
        }

        if (_ruleSet.Otherwise is { } otherwise)
            CheckFagsystem(otherwise, null);
        foreach (var rule in sound.Where(rule => ConditionLogic.NeverHold(rule.Tests)))
            Add(LintCode.Contradiction, rule.Rule, null, "Betingelserne kan aldrig være opfyldt samtidig. Fjern en af dem, eller del reglen i to.", "The conditions can never hold together. Remove one of them, or make two rules of it.");

        var inForce = sound.Where(rule => rule.Rule.IsEnabled).ToList();
        CheckShadows(inForce);
        CheckOverlaps(inForce);
        if (_ruleSet.Otherwise is null && !inForce.Exists(rule => rule.Tests.Count == 0 && rule.Rule is { ValidFrom: null, ValidUntil: null }))
            Add(LintCode.NoCatchAll, null, null, "Meddelelser, som ingen regel tager, bliver afvist. Tilføj en regel uden betingelser, eller vælg et fagsystem til dem.", "Messages that no rule takes are rejected. Add a rule without conditions, or name a fagsystem for them.");
    }

    private void CheckPeriod(DistributionRule rule)
    {
        if (rule.ValidFrom > rule.ValidUntil)
            Add(LintCode.PeriodIsEmpty, rule, null, "Perioden slutter, før den begynder. Byt om på dagene.", "The period ends before it begins. Swap the days.");
        else if (rule.ValidUntil < _today)
            Add(LintCode.PeriodIsOver, rule, null, "Reglens periode er udløbet. Fjern reglen, eller forlæng den.", "The rule's period is over. Remove the rule, or prolong it.");
    }

    private void CheckFagsystem(string key, DistributionRule? rule)
    {
        switch (_stateOf(key))
        {
            case null:
                Add(LintCode.UnknownFagsystem, rule, null, $"Fagsystemet {key} er ikke registreret. Registrér det, eller vælg et andet.", $"The fagsystem {key} is not registered. Register it, or choose another.");
                break;
            case FagsystemState.Retired:
                Add(LintCode.RetiredFagsystem, rule, null, $"Fagsystemet {key} er taget ud af brug. Vælg et andet.", $"The fagsystem {key} has been retired. Choose another.");
                break;
            case FagsystemState.Paused:
                Add(LintCode.PausedFagsystem, rule, null, $"Fagsystemet {key} er sat på pause, og meddelelser til det venter. Vælg et andet, hvis de ikke kan vente.", $"The fagsystem {key} is paused, and messages for it wait. Choose another if they cannot.");
                break;
        }
    }

    private bool CheckConditions(DistributionRule rule)
    {
        var isSound = true;
        for (var place = 0; place < rule.Conditions.Count; place++)
        {
            var condition = rule.Conditions[place];
            if (ConditionTest.Compile(condition, out var fault) is not { } test)
            {
                isSound = false;
                AddFault(rule, place, condition, fault!);
                continue;
            }

            CheckValues(rule, place, test);
        }

        return isSound;
    }

    private void CheckValues(DistributionRule rule, int place, ConditionTest test)
    {
        var (condition, field) = (test.Condition, test.Field);
        foreach (var value in condition.Values.Where(_ => condition.Operator is not (ConditionOperator.Matches or ConditionOperator.Greater or ConditionOperator.Less)))
        {
            if (value.Length > field.MaxLength)
                Add(LintCode.ValueTooLong, rule, place, $"Værdien er længere end feltets {field.MaxLength} tegn og kan aldrig passe. Forkort den.", $"The value is longer than the field's {field.MaxLength} characters and can never match. Shorten it.");
            else if (condition.Operator == ConditionOperator.EqualTo && field.AllowedValues is { } allowed && !allowed.Contains(value, StringComparer.OrdinalIgnoreCase))
                Add(LintCode.IllFormedValue, rule, place, $"Feltet kan kun være {string.Join(" eller ", allowed)}. Vælg en af dem.", $"The field can only be {string.Join(" or ", allowed)}. Choose one of them.");
            else if (condition.Operator is ConditionOperator.EqualTo or ConditionOperator.Under && field.Name is "ContentData/KLEdata/subjectKey" && !KleKey().IsMatch(value))
                Add(LintCode.KeyForm, rule, place, "En KLE-nøgle skrives med grupper af to cifre, fx 27.12.06. Ret den, hvis det er en skrivefejl.", "A KLE key is written as groups of two digits, such as 27.12.06. Mend it if it is a slip.");
        }
    }

    private void CheckShadows(List<CompiledRule> rules)
    {
        for (var later = 1; later < rules.Count; later++)
        {
            var rule = rules[later];
            var earlier = rules.Take(later).FirstOrDefault(candidate => candidate.Tests.Count <= rule.Tests.Count && Covers(candidate.Rule, rule.Rule)
                && candidate.Tests.All(asked => rule.Tests.Any(test => ConditionLogic.Implies(test, asked))));
            if (earlier is not null)
            {
                _findings.Add(new LintFinding(LintCode.Shadowed, rule.Rule.Name, null, earlier.Rule.Name, new BilingualText(
                    $"Reglen {earlier.Rule.Name} kommer først og tager alt, hvad denne ville tage. Flyt denne op, eller fjern den.",
                    $"The rule {earlier.Rule.Name} comes first and takes all that this one would. Move this one up, or remove it.")));
            }
        }
    }

    private static bool Covers(DistributionRule one, DistributionRule other) =>
        (one.ValidFrom is null || one.ValidFrom <= other.ValidFrom) && (one.ValidUntil is null || one.ValidUntil >= other.ValidUntil);

    private void CheckOverlaps(List<CompiledRule> rules)
    {
        var pairs = rules.GroupBy(rule => rule.Rule.Priority)
            .SelectMany(equal => equal.SelectMany((one, i) => equal.Skip(i + 1).Select(other => (one, other))))
            .Where(pair => pair.one.Rule.Fagsystem != pair.other.Rule.Fagsystem)
            .Take(MostPairs);
        foreach (var (one, other) in pairs.Where(pair => !ConditionLogic.NeverHold([.. pair.one.Tests, .. pair.other.Tests])))
        {
            _findings.Add(new LintFinding(LintCode.Overlap, other.Rule.Name, null, one.Rule.Name, new BilingualText(
                $"Reglen {one.Rule.Name} har samme prioritet, kan tage de samme meddelelser og sender dem et andet sted hen. Giv dem hver sin prioritet.",
                $"The rule {one.Rule.Name} has the same priority, can take the same messages and sends them elsewhere. Give them different priorities.")));
        }
    }

    private void AddFault(DistributionRule rule, int place, Condition condition, ConditionFault fault)
    {
        var word = ConditionText.Words[condition.Operator];
        switch (fault.Kind)
        {
            case ConditionFaultKind.UnknownField:
                Add(LintCode.UnknownField, rule, place, $"Der er intet felt, der hedder {condition.Field}. Listen over felter viser dem, der er.", $"There is no field named {condition.Field}. The list of fields shows those that there are.");
                break;
            case ConditionFaultKind.WrongNumberOfValues:
                Add(LintCode.WrongNumberOfValues, rule, place, $"Operatoren {word} skal have {(condition.Operator == ConditionOperator.Exists ? "ingen værdier" : "mindst én værdi")}.", $"The operator {word} takes {(condition.Operator == ConditionOperator.Exists ? "no values" : "at least one value")}.");
                break;
            case ConditionFaultKind.OperatorNotForField:
                Add(LintCode.OperatorNotForField, rule, place, $"Operatoren {word} passer ikke til feltet {condition.Field}. Vælg en anden.", $"The operator {word} does not go with the field {condition.Field}. Choose another.");
                break;
            default:
                Add(LintCode.IllFormedValue, rule, place, $"Værdien kan ikke læses som det, feltet {condition.Field} og operatoren {word} kræver. Ret den.", $"The value cannot be read as what the field {condition.Field} and the operator {word} demand. Mend it.");
                break;
        }
    }

    private void Add(LintCode code, DistributionRule? rule, int? condition, string danish, string english) =>
        _findings.Add(new LintFinding(code, rule?.Name, condition, null, new BilingualText(danish, english)));

    [GeneratedRegex(@"^[0-9]{2}(\.[0-9]{2}){0,2}\.?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex KleKey();
}
