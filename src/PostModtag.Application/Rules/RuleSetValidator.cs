using FluentValidation;
using PostModtag.Application.Administration;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Rules;

/// <summary>
/// What a rule set must be to be kept, as a draft too: within bounds, and text that can be shown. Whether it makes sense is for
/// lint to say, before it is published.
/// </summary>
internal sealed class RuleSetValidator : AbstractValidator<RuleSet>
{
    private const int MaxRules = 20_000;
    private const int MaxConditions = 50;
    private const int MaxValues = 1_000;
    private const int MaxText = 1_000;

    // Made ready, an expression of a few characters takes up to 350 kB and 10 ms.
    private const int MaxExpressions = 1_000;
    private const int MaxName = 200;
    private const int MaxKey = 64;

    /// <summary>The rules.</summary>
    public RuleSetValidator()
    {
        RuleFor(set => set.Rules).Must(rules => rules.Count <= MaxRules).Says($"Der kan højst være {MaxRules} regler.", $"Expected at most {MaxRules} rules.");
        RuleFor(set => set.Rules).Must(rules => ExpressionsIn(rules) <= MaxExpressions).Says(
            $"Der kan højst være {MaxExpressions} regulære udtryk i alt; de fleste kan siges med »begynder med«, »indeholder« eller »under«.",
            $"Expected at most {MaxExpressions} regular expressions in all; most can be said with startsWith, contains or under.");
        RuleFor(set => set.Otherwise).Must(key => key is null || IsLine(key, MaxKey)).Says(
            "Vælg et fagsystem, eller intet for at få sådanne meddelelser afvist.", "Expected a fagsystem's key, or nothing to have such messages rejected.");
        RuleForEach(set => set.Rules).SetValidator(new OfRule());
    }

    /// <summary>What is wrong with it where, in the words of the contract.</summary>
    internal IReadOnlyList<Fault> FaultsOf(RuleSet ruleSet) =>
        [.. Validate(ruleSet).Faults().Take(100).Select(fault => fault with { Place = InContract(fault.Place) })];

    private static int ExpressionsIn(IEnumerable<DistributionRule> rules) =>
        rules.SelectMany(rule => rule.Conditions).Where(condition => condition.Operator == ConditionOperator.Matches).Sum(condition => condition.Values.Count);

    private static string InContract(string path) =>
        string.Join('.', path.Split('.').Select(part => char.ToLowerInvariant(part[0]) + part[1..]));

    private static bool IsLine(string text, int length) => !string.IsNullOrWhiteSpace(text) && text.Length <= length && !text.Any(char.IsControl);

    private sealed class OfRule : AbstractValidator<DistributionRule>
    {
        public OfRule()
        {
            RuleFor(rule => rule.Name).Must(name => IsLine(name, MaxName)).Says($"Skriv 1 til {MaxName} tegn på én linje.", $"Expected 1 to {MaxName} characters on one line.");
            RuleFor(rule => rule.Fagsystem).Must(key => IsLine(key, MaxKey)).Says("Vælg et fagsystem.", "Expected a fagsystem's key.");
            RuleFor(rule => rule.Conditions).Must(conditions => conditions.Count <= MaxConditions).Says(
                $"Der kan højst være {MaxConditions} betingelser; del reglen i to.", $"Expected at most {MaxConditions} conditions; make two rules of it.");
            RuleForEach(rule => rule.Conditions).SetValidator(new OfCondition());
        }
    }

    private sealed class OfCondition : AbstractValidator<Condition>
    {
        public OfCondition()
        {
            RuleFor(condition => condition.Field).Must(field => IsLine(field, MaxText)).Says("Vælg et felt.", "Expected a field's name, as /fields lists them.");
            RuleFor(condition => condition.Values).Must(values => values.Count <= MaxValues).Says(
                $"Der kan højst være {MaxValues} værdier; del reglen i to.", $"Expected at most {MaxValues} values; make two rules of it.");
            RuleForEach(condition => condition.Values).Must(value => value.Length <= MaxText && !value.Any(char.IsControl)).Says(
                $"Skriv højst {MaxText} tegn på én linje.", $"Expected at most {MaxText} characters on one line.");
        }
    }
}
