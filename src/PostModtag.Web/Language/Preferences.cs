using Microsoft.AspNetCore.Http;

namespace PostModtag.Web.Language;

/// <summary>How a person wants to see the console: kept in a cookie, so that the page comes right at once and needs no script for it.</summary>
public sealed class Preferences(IHttpContextAccessor contexts)
{
    /// <summary>The cookie's name. It says nothing of who has it.</summary>
    public const string Cookie = "postmodtag-view";

    private readonly string[] _parts = (contexts.HttpContext?.Request.Cookies[Cookie] ?? "").Split('.');

    /// <summary>The language: Danish unless English was chosen.</summary>
    public ConsoleLanguage Language => _parts is ["en", ..] ? ConsoleLanguage.English : ConsoleLanguage.Danish;

    /// <summary>The theme: what the machine has unless one was chosen.</summary>
    public ConsoleTheme Theme => _parts is [_, "light"] ? ConsoleTheme.Light : _parts is [_, "dark"] ? ConsoleTheme.Dark : ConsoleTheme.Auto;

    /// <summary>The language's code, as <c>lang</c> has it.</summary>
    public string LanguageCode => CodeOf(Language);

    /// <summary>The theme's code; null for what the machine has.</summary>
    public string? ThemeCode => Theme == ConsoleTheme.Auto ? null : CodeOf(Theme);

    /// <summary>The cookie's value for a choice.</summary>
    public static string ValueOf(ConsoleLanguage language, ConsoleTheme theme) => $"{CodeOf(language)}.{CodeOf(theme)}";

    private static string CodeOf(ConsoleLanguage language) => language == ConsoleLanguage.English ? "en" : "da";

    /// <summary>A theme's code.</summary>
    internal static string CodeOf(ConsoleTheme theme) => theme switch
    {
        ConsoleTheme.Light => "light",
        ConsoleTheme.Dark => "dark",
        _ => "auto",
    };
}

/// <summary>The console's languages.</summary>
public enum ConsoleLanguage
{
    /// <summary>Danish.</summary>
    Danish,

    /// <summary>English.</summary>
    English,
}

/// <summary>The console's themes.</summary>
public enum ConsoleTheme
{
    /// <summary>Light or dark as the machine has it.</summary>
    Auto,

    /// <summary>Dark on light.</summary>
    Light,

    /// <summary>Light on dark.</summary>
    Dark,
}
