using System.Globalization;

namespace PostModtag.Application.FindMessages;

/// <summary>
/// The place where a page ended: the last message's id, which only grows, so that what comes in meanwhile shifts
/// nothing. Callers treat it as opaque.
/// </summary>
internal static class PageCursor
{
    public static string Format(long id) => "m" + id.ToString("x", CultureInfo.InvariantCulture);

    public static bool TryParse(string cursor, out long id)
    {
        id = 0;
        return cursor.StartsWith('m') && long.TryParse(cursor.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id) && id > 0;
    }
}
