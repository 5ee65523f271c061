using System.Globalization;
using System.Text;

namespace PostModtag.Application.Paging;

/// <summary>
/// The place where a page ended: the last one's number or key, which never changes, so that what comes or goes meanwhile
/// shifts nothing. Callers treat it as opaque; a letter tells one list's cursors from another's.
/// </summary>
internal static class PageCursor
{
    public static string OfNumber(char list, long number) => list + number.ToString("x", CultureInfo.InvariantCulture);

    public static bool TryReadNumber(char list, string? cursor, out long number)
    {
        number = 0;
        return cursor?.StartsWith(list) == true && long.TryParse(cursor.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && number > 0;
    }

    public static string OfKey(char list, string key) => list + Convert.ToHexStringLower(Encoding.ASCII.GetBytes(key));

    public static bool TryReadKey(char list, string? cursor, out string? key)
    {
        key = null;
        if (cursor?.StartsWith(list) != true || cursor.Length % 2 == 0 || cursor.Skip(1).Any(digit => !char.IsAsciiHexDigitLower(digit)))
            return false;
        key = Encoding.ASCII.GetString(Convert.FromHexString(cursor.AsSpan(1)));
        return key.Length > 0;
    }
}
