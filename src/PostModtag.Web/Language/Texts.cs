using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using PostModtag.Domain.Messages;

namespace PostModtag.Web.Language;

/// <summary>
/// The console's texts in the person's language, from <c>Danish.resx</c> and <c>English.resx</c>. Both are in this assembly: the server
/// runs without the machine's cultures, so there are no satellites to find by one.
/// </summary>
public sealed partial class Texts(Preferences preferences)
{
    private static readonly ResourceManager Danish = Of("Danish");
    private static readonly ResourceManager English = Of("English");

    /// <summary>The language that they are in.</summary>
    public ConsoleLanguage Language { get; } = preferences.Language;

    /// <summary>The text of that name.</summary>
    /// <exception cref="InvalidOperationException">There is none; a test finds it before.</exception>
    public string this[string name] => Find(name) ?? throw new InvalidOperationException($"The console has no text {name}.");

    /// <summary>The text of that name, or null.</summary>
    public string? Find(string name) => (Language == ConsoleLanguage.English ? English : Danish).GetString(name, CultureInfo.InvariantCulture);

    /// <summary>The text of that name with values in it.</summary>
    public string With(string name, params object[] values) => string.Format(CultureInfo.InvariantCulture, this[name], values);

    /// <summary>The text for one, or for another number: <c>NAME.One</c> and <c>NAME.Many</c>, in which <c>{0}</c> stands for the number.</summary>
    public string Count(string name, int count) => With(count == 1 ? $"{name}.One" : $"{name}.Many", Written.Number(count, Language));

    /// <summary>The text of an enum's value: <c>TYPE.VALUE</c>.</summary>
    public string Of<T>(T value)
        where T : struct, Enum => this[$"{typeof(T).Name}.{value}"];

    /// <summary>A text that has both languages.</summary>
    public string Of(BilingualText text) => Language == ConsoleLanguage.English ? text.English : text.Danish;

    /// <summary>Where something is wrong: a field's name as the pages have it, or a place in a file; as it is said to programs where the pages have no name for it.</summary>
    public string Place(string place) =>
        FilePlace().Match(place) is { Success: true } found ? With("Place.Line", found.Groups[1].Value, found.Groups[2].Value) : Find($"Place.{place.Split('[')[0]}") ?? place;

    [GeneratedRegex("^line ([0-9]+), column ([0-9]+)$")]
    private static partial Regex FilePlace();

    private static ResourceManager Of(string language) => new($"PostModtag.Web.Language.{language}", typeof(Texts).Assembly) { IgnoreCase = false };
}
