using FluentValidation;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.ReceiveMessage;

/// <summary>Ties a rule on a message to a receipt error and to the place in the message.</summary>
public static class ViolationRules
{
    /// <summary>A message that breaks the rule is rejected with this error, and the receipt says what was expected where.</summary>
    /// <typeparam name="T">What the rules are on.</typeparam>
    /// <typeparam name="TProperty">What this rule looks at.</typeparam>
    /// <param name="rule">The rule.</param>
    /// <param name="error">The receipt's errorCode and receiptStatus.</param>
    /// <param name="xPath">Where, with the canonical prefixes, such as <c>/memo:Message/memo:MessageHeader/memo:label</c>.</param>
    /// <param name="expected">What was expected there: a sentence without its full stop and without a value of the message.</param>
    public static void Reports<T, TProperty>(
        this IRuleBuilderOptions<T, TProperty> rule, ReceiptError error, string xPath, BilingualText expected) =>
        rule.Reports(error, (TProperty _) => xPath, expected);

    /// <summary>As the other, where the place depends on what the rule looked at.</summary>
    /// <typeparam name="T">What the rules are on.</typeparam>
    /// <typeparam name="TProperty">What this rule looks at.</typeparam>
    /// <param name="rule">The rule.</param>
    /// <param name="error">The receipt's errorCode and receiptStatus.</param>
    /// <param name="xPath">Where, of what the rule looked at.</param>
    /// <param name="expected">What was expected there: a sentence without its full stop and without a value of the message.</param>
    public static void Reports<T, TProperty>(
        this IRuleBuilderOptions<T, TProperty> rule, ReceiptError error, Func<TProperty, string> xPath, BilingualText expected) =>
        rule.OverridePropertyName(error.Code).WithErrorCode(error.Code).WithState((_, value) => new Violation(xPath(value), 0, 0, expected));
}
