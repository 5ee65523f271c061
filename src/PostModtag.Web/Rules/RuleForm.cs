using System.Globalization;
using Microsoft.AspNetCore.Http;
using PostModtag.Domain.Rules;
using PostModtag.Web.Language;

namespace PostModtag.Web.Rules;

/// <summary>A rule as the form has it while a person works on it: anything may be missing yet.</summary>
public sealed class RuleForm
{
    /// <summary>The rule's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The key of the fagsystem.</summary>
    public string Fagsystem { get; set; } = "";

    /// <summary>The first day, as the form has it.</summary>
    public string ValidFrom { get; set; } = "";

    /// <summary>The last day, as the form has it.</summary>
    public string ValidUntil { get; set; } = "";

    /// <summary>Whether it counts.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>The conditions.</summary>
    public IList<ConditionForm> Conditions { get; } = [];

    /// <summary>A form that begins with a rule.</summary>
    public static RuleForm Of(DistributionRule rule)
    {
        var form = new RuleForm { Name = rule.Name, Fagsystem = rule.Fagsystem, IsEnabled = rule.IsEnabled, ValidFrom = Iso(rule.ValidFrom), ValidUntil = Iso(rule.ValidUntil) };
        foreach (var condition in rule.Conditions)
            form.Conditions.Add(ConditionForm.Of(condition));
        return form;
    }

    /// <summary>What was sent.</summary>
    public static RuleForm Read(IFormCollection sent)
    {
        var form = new RuleForm
        {
            Name = sent["Name"].ToString().Trim(),
            Fagsystem = sent["Fagsystem"].ToString(),
            IsEnabled = sent["IsEnabled"] == "true",
            ValidFrom = sent["ValidFrom"].ToString(),
            ValidUntil = sent["ValidUntil"].ToString(),
        };
        for (var i = 0; sent.ContainsKey($"Field-{i}"); i++)
            form.Conditions.Add(ConditionForm.Read(sent, i));
        return form;
    }

    /// <summary>The rule, with the priority that it has.</summary>
    public DistributionRule ToRule(int priority) =>
        new(Name, priority, [.. Conditions.Select(condition => condition.ToCondition())], Fagsystem, Day(ValidFrom), Day(ValidUntil), IsEnabled);

    private static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>A condition as the form has it.</summary>
public sealed class ConditionForm
{
    /// <summary>The field as it is offered, with <c>[NAME]</c> where it stands beside a name.</summary>
    public string Field { get; set; } = FieldNames.Common[0];

    /// <summary>That name.</summary>
    public string FieldName { get; set; } = "";

    /// <summary>The operator.</summary>
    public ConditionOperator Operator { get; set; }

    /// <summary>The values, one on a line.</summary>
    public string Values { get; set; } = "";

    /// <summary>Whether the opposite is asked.</summary>
    public bool Not { get; set; }

    /// <summary>Whether letter case counts.</summary>
    public bool CaseSensitive { get; set; }

    /// <summary>The field as a rule has it.</summary>
    public string FullField => Field.Replace("[NAME]", $"[{FieldName}]", StringComparison.Ordinal);

    /// <summary>The field; null where there is none such.</summary>
    public RuleField? Found => RuleFields.TryFind(Field.Replace("[NAME]", "[x]", StringComparison.Ordinal), out var found) ? found : null;

    /// <summary>A form that begins with a condition.</summary>
    public static ConditionForm Of(Condition condition)
    {
        var (field, name) = FieldNames.Named(condition.Field);
        return new ConditionForm
        {
            Field = field, FieldName = name ?? "", Operator = condition.Operator, Values = string.Join('\n', condition.Values), Not = condition.Not, CaseSensitive = condition.CaseSensitive,
        };
    }

    /// <summary>What was sent.</summary>
    public static ConditionForm Read(IFormCollection sent, int place)
    {
        var form = new ConditionForm
        {
            Field = sent[$"Field-{place}"].ToString(),
            FieldName = sent[$"FieldName-{place}"].ToString().Trim(),
            Operator = Enum.TryParse<ConditionOperator>(sent[$"Operator-{place}"], out var chosen) ? chosen : ConditionOperator.EqualTo,
            Values = sent[$"Values-{place}"].ToString(),
            Not = sent[$"Not-{place}"] == "true",
            CaseSensitive = sent[$"CaseSensitive-{place}"] == "true",
        };

        // With another field the operator that was there may be none for it.
        if (form.Found is { } found && !found.Operators.Contains(form.Operator))
            form.Operator = ConditionOperator.EqualTo;
        return form;
    }

    /// <summary>The condition.</summary>
    public Condition ToCondition() => new(
        FullField, Operator,
        Operator == ConditionOperator.Exists ? [] : [.. Values.Split('\n').Select(value => value.Trim()).Where(value => value.Length > 0)],
        Not, CaseSensitive);
}
