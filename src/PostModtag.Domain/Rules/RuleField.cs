using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules;

/// <summary>A field that a condition can ask for.</summary>
/// <param name="Name">The name in rules: MeMo's own path below the header, <c>ContentData/KLEdata/subjectKey</c>, or a derived field's name, <c>kind</c>.</param>
/// <param name="Type">What kind of value it has; it says which operators there are.</param>
/// <param name="MaxLength">The longest text that the schema allows, in characters; null when it sets none.</param>
/// <param name="Repeats">Whether a message can have more than one value of it; then any of them suffices.</param>
/// <param name="AllowedValues">The only values that it can have; null when there are others than can be listed.</param>
/// <param name="Documentation">What it means, in English.</param>
/// <param name="DocumentationDanish">What it means, in Danish.</param>
/// <param name="Read">Finds its values in a message.</param>
public sealed record RuleField(
    string Name,
    MemoFieldType Type,
    int? MaxLength,
    bool Repeats,
    IReadOnlyList<string>? AllowedValues,
    string Documentation,
    string DocumentationDanish,
    FieldReader<RoutedMessage> Read)
{
    /// <summary>The operators that go with its type.</summary>
    public IEnumerable<ConditionOperator> Operators => Enum.GetValues<ConditionOperator>().Where(@operator => ConditionTest.IsAllowed(@operator, Type));

    /// <summary>Its values in a message.</summary>
    public IEnumerable<string> Values(RoutedMessage message)
    {
        var values = new FieldValues();
        Read(message, ref values);
        return values.ToList();
    }

    /// <summary>A field is known by its name.</summary>
    public bool Equals(RuleField? other) => Name == other?.Name;

    /// <inheritdoc />
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The field's name.</summary>
    public override string ToString() => Name;
}
