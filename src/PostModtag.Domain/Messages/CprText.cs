using System.Text.RegularExpressions;

namespace PostModtag.Domain.Messages;

/// <summary>
/// CPR numbers in texts that people see. Whatever could be one counts as one: six digits and four, with a hyphen, a space or nothing
/// between. A number of another kind that looks so is masked too, which costs a click; the other way it would cost somebody's secret.
/// </summary>
public static partial class CprText
{
    /// <summary>The text with the last four digits of each CPR number made unreadable: <c>010190-xxxx</c>.</summary>
    public static string Mask(string text) => Form().Replace(text, "$1-xxxx");

    /// <summary>The text with a hyphen in each CPR number, as people write it.</summary>
    public static string Write(string text) => Form().Replace(text, "$1-$2");

    /// <summary>Whether there is one in it.</summary>
    public static bool IsIn(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"(?<![0-9])([0-9]{6})[-\u2010-\u2015\u00a0 ]?([0-9]{4})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
