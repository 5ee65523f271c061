using FluentValidation;
using FluentValidation.Results;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Administration;

/// <summary>One thing that is wrong with what a caller sent.</summary>
/// <param name="Place">Where, as <c>rules[3].conditions[0].values[1]</c> or <c>line 12, column 5</c>.</param>
/// <param name="Text">What was expected; it quotes no value of a message.</param>
public sealed record Fault(string Place, BilingualText Text)
{
    /// <summary>What was expected, for programs and those who write them.</summary>
    public string Message => Text.English;
}

/// <summary>Lets validators say what they expect in both languages.</summary>
internal static class FaultRules
{
    /// <summary>What the rule expects.</summary>
    public static IRuleBuilderOptions<T, TProperty> Says<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string danish, string english) =>
        rule.WithState(_ => new BilingualText(danish, english));

    /// <summary>The faults of a validation, each of which was said by <see cref="Says"/>.</summary>
    public static List<Fault> Faults(this ValidationResult result) =>
        [.. result.Errors.Select(error => new Fault(error.PropertyName, (BilingualText)error.CustomState))];
}
