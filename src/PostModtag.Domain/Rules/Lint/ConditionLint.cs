namespace PostModtag.Domain.Rules.Lint;

/// <summary>Looks over each condition by itself.</summary>
internal sealed class ConditionLint(LintFindings findings)
{
    /// <summary>Makes a rule ready; null when a condition of it cannot be asked.</summary>
    public CompiledRule? Check(DistributionRule rule)
    {
        var tests = new List<ConditionTest>();
        for (var place = 0; place < rule.Conditions.Count; place++)
        {
            var condition = rule.Conditions[place];
            if (ConditionTest.Compile(condition, out var fault) is { } test)
            {
                tests.Add(test);
                CheckValues(rule, place, test);
            }
            else
            {
                AddFault(rule, place, condition, fault!);
            }
        }

        return tests.Count == rule.Conditions.Count ? new CompiledRule(rule, [.. tests]) : null;
    }

    private void CheckValues(DistributionRule rule, int place, ConditionTest test)
    {
        var (condition, field) = (test.Condition, test.Field);
        var mustFit = condition.Operator is ConditionOperator.EqualTo or ConditionOperator.Under or ConditionOperator.StartsWith or ConditionOperator.Contains;
        foreach (var value in condition.Values)
        {
            if (mustFit && value.Length > field.MaxLength)
                findings.Add(LintCode.ValueTooLong, rule, place, $"Værdien {value} er længere end feltets {field.MaxLength} tegn og kan aldrig passe. Forkort den.", $"The value {value} is longer than the field's {field.MaxLength} characters and can never match. Shorten it.");
            else if (field.AllowedValues is { } allowed && !TakesAny(condition, value, allowed))
                findings.Add(LintCode.IllFormedValue, rule, place, $"Feltet {condition.Field} kan kun være {string.Join(" eller ", allowed)}, og {value} passer ikke til det. Vælg en af dem.", $"The field {condition.Field} can only be {string.Join(" or ", allowed)}, and {value} does not match that. Choose one of them.");
            else if (ValueForms.Of(test) is { } form && !form.Expression.IsMatch(value))
                findings.Add(form.Code, rule, place, $"{form.Danish} Ret {value}, hvis det er en skrivefejl.", $"{form.English} Mend {value} if it is a slip.");
        }
    }

    private static bool TakesAny(Condition condition, string value, IReadOnlyList<string> allowed) =>
        ConditionTest.Compile(condition with { Values = [value] }, out _) is { } single && allowed.Any(its => single.Takes(its));

    private void AddFault(DistributionRule rule, int place, Condition condition, ConditionFault fault)
    {
        var word = ConditionText.Words[condition.Operator];
        switch (fault.Kind)
        {
            case ConditionFaultKind.UnknownField:
                findings.Add(LintCode.UnknownField, rule, place, $"Der er intet felt, der hedder {condition.Field}. Listen over felter viser dem, der er.", $"There is no field named {condition.Field}. The list of fields shows those that there are.");
                break;
            case ConditionFaultKind.WrongNumberOfValues when condition.Operator == ConditionOperator.Exists:
                findings.Add(LintCode.WrongNumberOfValues, rule, place, $"Operatoren {word} skal ingen værdier have. Fjern dem.", $"The operator {word} takes no values. Remove them.");
                break;
            case ConditionFaultKind.WrongNumberOfValues:
                findings.Add(LintCode.WrongNumberOfValues, rule, place, $"Operatoren {word} skal have mindst én værdi. Tilføj den.", $"The operator {word} takes at least one value. Add it.");
                break;
            case ConditionFaultKind.OperatorNotForField:
                findings.Add(LintCode.OperatorNotForField, rule, place, $"Operatoren {word} passer ikke til feltet {condition.Field}. Vælg en anden.", $"The operator {word} does not go with the field {condition.Field}. Choose another.");
                break;
            case ConditionFaultKind.IllFormedValue when condition.Operator == ConditionOperator.Matches:
                findings.Add(LintCode.IllFormedValue, rule, place, $"{fault.Part} er ikke et regulært udtryk, der kan bruges: det er skrevet forkert, eller det ser frem eller tilbage, henviser til en tidligere gruppe eller holder på en gruppe, og så kan det løbe løbsk. Skriv det om uden.", $"{fault.Part} is not a regular expression that can be used: it is ill-formed, or it looks ahead or behind, refers back to a group or holds on to one, and could then run away. Write it without.");
                break;
            default:
                findings.Add(LintCode.IllFormedValue, rule, place, $"{fault.Part} kan ikke læses som det, feltet {condition.Field} og operatoren {word} kræver. Ret det.", $"{fault.Part} cannot be read as what the field {condition.Field} and the operator {word} demand. Mend it.");
                break;
        }
    }
}
