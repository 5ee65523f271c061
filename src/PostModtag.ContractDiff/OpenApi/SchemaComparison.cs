using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace PostModtag.ContractDiff.OpenApi;

/// <summary>Which way values of a schema go.</summary>
internal enum SchemaUse
{
    /// <summary>From the caller: to take less is breaking.</summary>
    Sent,

    /// <summary>To the caller: to answer with more is breaking.</summary>
    Answered,
}

/// <summary>Compares schemas, each pair of named ones once for each way that its values go.</summary>
internal sealed class SchemaComparison(Findings findings)
{
    private readonly HashSet<(string Old, string New, SchemaUse Use)> _compared = [];

    public void Compare(string place, IOpenApiSchema? old, IOpenApiSchema? @new, SchemaUse use)
    {
        if (old is null || @new is null)
        {
            if (old != @new)
                findings.Breaking(place, @new is null ? "the schema is gone" : "there is a schema now");
            return;
        }

        if (Name(old) is { } before && Name(@new) is { } after)
        {
            if (!_compared.Add((before, after, use)))
                return;
            place = $"{after} ({(use == SchemaUse.Sent ? "sent" : "answered")})";
        }

        findings.Text(place, "description", old.Description, @new.Description);
        if (!Types(place, old, @new, use))
            return;
        Values(place, old, @new, use);
        Bounds(place, old, @new, use);
        Properties(place, old, @new, use);
        if (old.Items is not null || @new.Items is not null)
            Compare($"{place}, each of them", old.Items, @new.Items, use);
        if (old.AdditionalProperties is not null || @new.AdditionalProperties is not null)
            Compare($"{place}, each by its name", old.AdditionalProperties, @new.AdditionalProperties, use);
        Parts(place, "allOf", old.AllOf, @new.AllOf, use);
        Parts(place, "oneOf", old.OneOf, @new.OneOf, use);
        Parts(place, "anyOf", old.AnyOf, @new.AnyOf, use);
    }

    /// <summary>A schema by its name: code that is generated has a type of it. One that no operation refers to is compared as if it were answered.</summary>
    public void CompareNamed(string name, IOpenApiSchema? old, IOpenApiSchema? @new)
    {
        if (@new is null)
            findings.Breaking(name, "the schema is gone, and with it the type in code that is generated from it");
        else if (old is null)
            findings.Compatible(name, "the schema is new");
        else if (!_compared.Any(each => each.Old == name || each.New == name))
            Compare(name, old, @new, SchemaUse.Answered);
    }

    private static string? Name(IOpenApiSchema schema) => (schema as OpenApiSchemaReference)?.Reference.Id;

    private void Narrower(string place, string sentence, SchemaUse use) => findings.Add(use == SchemaUse.Sent, place, sentence);

    private void Wider(string place, string sentence, SchemaUse use) => findings.Add(use == SchemaUse.Answered, place, sentence);

    private bool Types(string place, IOpenApiSchema old, IOpenApiSchema @new, SchemaUse use)
    {
        if (Kind(old) != Kind(@new))
        {
            findings.Breaking(place, $"is {Kind(@new)}, and was {Kind(old)}");
            return false;
        }

        var (couldBeNull, canBeNull) = (IsNullable(old), IsNullable(@new));
        if (couldBeNull && !canBeNull)
            Narrower(place, "is never null now", use);
        else if (canBeNull && !couldBeNull)
            Wider(place, "may be null now", use);
        return true;

        static string Kind(IOpenApiSchema schema) =>
            $"{(schema.Type & ~JsonSchemaType.Null)?.ToString().ToLowerInvariant() ?? "anything"}{(schema.Format is { } format ? $" ({format})" : "")}";
        static bool IsNullable(IOpenApiSchema schema) => schema.Type?.HasFlag(JsonSchemaType.Null) ?? false;
    }

    private void Values(string place, IOpenApiSchema old, IOpenApiSchema @new, SchemaUse use)
    {
        var (before, after) = (Listed(old), Listed(@new));
        if (before.Count == 0 != (after.Count == 0))
        {
            if (after.Count > 0)
                Narrower(place, $"is one of {string.Join(", ", after)} now", use);
            else
                Wider(place, "may be any value now", use);
            return;
        }

        foreach (var value in before.Except(after))
            Narrower(place, $"the value {value} is gone", use);
        foreach (var value in after.Except(before))
            Wider(place, $"the value {value} is new", use);

        static List<string> Listed(IOpenApiSchema schema) => [.. (schema.Enum ?? []).Select(Text)];
        static string Text(JsonNode? value) => value is null || value.ToJsonString() == "null" ? "null" : value.ToString();
    }

    private void Bounds(string place, IOpenApiSchema old, IOpenApiSchema @new, SchemaUse use)
    {
        Bound("maxLength", old.MaxLength, @new.MaxLength, isUpper: true);
        Bound("minLength", old.MinLength, @new.MinLength, isUpper: false);
        Bound("maxItems", old.MaxItems, @new.MaxItems, isUpper: true);
        Bound("minItems", old.MinItems, @new.MinItems, isUpper: false);
        Bound("maximum", Number(old.Maximum), Number(@new.Maximum), isUpper: true);
        Bound("minimum", Number(old.Minimum), Number(@new.Minimum), isUpper: false);
        if (old.Pattern == @new.Pattern)
            return;
        if (old.Pattern is null)
            Narrower(place, $"must have the form {@new.Pattern} now", use);
        else if (@new.Pattern is null)
            Wider(place, "need not have a form now", use);
        else
            findings.Breaking(place, $"has the form {@new.Pattern}, and had {old.Pattern}");

        static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
        void Bound(string name, decimal? before, decimal? after, bool isUpper)
        {
            if (before == after)
                return;
            var isNarrower = after is not null && (before is null || (isUpper ? after < before : after > before));
            var sentence = string.Create(CultureInfo.InvariantCulture, $"{name} is {(object?)after ?? "gone"}{(before is null ? ", and was not there" : $", and was {before}")}");
            if (isNarrower)
                Narrower(place, sentence, use);
            else
                Wider(place, sentence, use);
        }
    }

    private void Properties(string place, IOpenApiSchema old, IOpenApiSchema @new, SchemaUse use)
    {
        var (must, mustNow) = (old.Required ?? new HashSet<string>(), @new.Required ?? new HashSet<string>());
        foreach (var (name, before, after) in OpenApiComparison.Pairs(old.Properties ?? new Dictionary<string, IOpenApiSchema>(), @new.Properties ?? new Dictionary<string, IOpenApiSchema>()))
        {
            var there = $"{place}/{name}";
            if (after is null)
                findings.Breaking(there, "is gone");
            else if (before is null)
                findings.Add(use == SchemaUse.Sent && mustNow.Contains(name), there, $"is new{(use == SchemaUse.Sent ? mustNow.Contains(name) ? ", and must be given" : ", and may be left out" : "")}");
            else
            {
                if (mustNow.Contains(name) && !must.Contains(name))
                    Narrower(there, use == SchemaUse.Sent ? "must be given now" : "is always there now", use);
                else if (must.Contains(name) && !mustNow.Contains(name))
                    Wider(there, "may be left out now", use);
                Compare(there, before, after, use);
            }
        }

        if (old.AdditionalPropertiesAllowed && !@new.AdditionalPropertiesAllowed)
            Narrower(place, "has no other properties now", use);
        else if (@new.AdditionalPropertiesAllowed && !old.AdditionalPropertiesAllowed)
            Wider(place, "may have other properties now", use);
    }

    private void Parts(string place, string what, IList<IOpenApiSchema>? old, IList<IOpenApiSchema>? @new, SchemaUse use)
    {
        var (before, after) = (old ?? [], @new ?? []);
        if (before.Count != after.Count)
        {
            findings.Breaking(place, string.Create(CultureInfo.InvariantCulture, $"{what} has {after.Count} parts, and had {before.Count}"));
            return;
        }

        for (var i = 0; i < after.Count; i++)
            Compare(string.Create(CultureInfo.InvariantCulture, $"{place}, {what} {i + 1}"), before[i], after[i], use);
    }
}
