namespace PostModtag.Api.Mapping;

/// <summary>The same names on both sides: <c>NoRules</c> in the domain is <c>NO_RULES</c> in the contract.</summary>
internal static class EnumNames
{
    /// <summary>The value of the same name.</summary>
    public static TTo To<TTo>(this Enum value)
        where TTo : struct, Enum =>
        Enum.GetValues<TTo>().Single(candidate => Plain(candidate.ToString()).Equals(Plain(value.ToString()), StringComparison.OrdinalIgnoreCase));

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal);
}
