using System.Xml.Schema;

namespace PostModtag.Testing;

/// <summary>Texts at, over and beside the bounds of the types that MeMo has.</summary>
public static class Values
{
    private static readonly string[] Texts =
    [
        "", " ", "\n\t ", "\u00A0", "x", "DIGITALPOST", "NEMSMS", "digitalpost", " NEMSMS ",
        .. new[] { 7, 8, 160, 161, 256, 257, 512, 513, 4_096, 4_097 }.Select(length => new string('ø', length)),
        new string('x', 7) + " ", new string(' ', 256), new string(' ', 257), new string('\n', 161),
        "a\tb\r\nc", "\u0085", "\u2028", "\uFFFD", Emoji(3) + "x", Emoji(4), Emoji(128) + "x",
        .. new[] { 7, 8, 160, 161, 256, 257, 512, 513, 4_096, 4_097 }.Select(Emoji), Emoji(256) + "x",
    ];

    // For each element of a text; one of each type gets all of the above.
    private static readonly string[] Lengths = ["", " \n", new string('ø', 256), new string('ø', 257), Emoji(256), Emoji(256) + "x"];

    private static readonly string[] Uuids =
    [
        "8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32", "8A8C1F4E-2F5B-4D3A-AC6E-1B7D0E5F4A32", "8a8c1f4e-2f5b-4d3a-8c6e-1b7d0e5f4a32",
        "8a8c1f4e-2f5b-4d3a-Bc6e-1b7d0e5f4a32", "8a8c1f4e-2f5b-1d3a-9c6e-1b7d0e5f4a32", "8a8c1f4e-2f5b-5d3a-9c6e-1b7d0e5f4a32",
        "8a8c1f4e-2f5b-4d3a-7c6e-1b7d0e5f4a32", "8a8c1f4e-2f5b-4d3a-cc6e-1b7d0e5f4a32", "00000000-0000-0000-0000-000000000000",
        "{8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32}", "8a8c1f4e2f5b4d3a9c6e1b7d0e5f4a32", " 8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32", "8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32\n",
        "8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a3", "8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a322", "ga8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32", "８a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32",
    ];

    private static readonly string[] Moments =
    [
        "2026-03-02T09:15:00Z", "2026-03-02T09:15:00", "2026-03-02T09:15:00z", "2026-03-02T09:15:00+00:00", "2026-03-02T09:15:00+01:00", " 2026-03-02T09:15:00Z\n",
        "2026-03-02T09:15:00.1Z", "2026-03-02T09:15:00.1234567Z", "2026-03-02T09:15:00.123456789Z", "2026-03-02T09:15:00.Z", "2026-03-02T09:15Z", "2026-03-02 09:15:00Z",
        "2026-02-29T09:15:00Z", "2024-02-29T09:15:00Z", "2026-13-02T09:15:00Z", "2026-03-32T09:15:00Z", "2026-03-02T24:00:00Z", "2026-03-02T25:00:00Z", "2026-03-02T09:60:00Z",
        "2026-03-02T23:59:60Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.99999999Z",
        "9999-12-31T24:00:00Z", "10000-01-01T00:00:00Z", "-2026-03-02T09:15:00Z", "+2026-03-02T09:15:00Z", "02026-03-02T09:15:00Z", "26-03-02T09:15:00Z", "2026-3-2T9:15:00Z",
        "2026-03-02Z", "2026-03-02", "09:15:00Z", "2026-03-02T09:15:00ZZ", "2026-03-02T09:15:00Z Z", "T", "Z", "２026-03-02T09:15:00Z",
    ];

    private static readonly string[] Dates =
    [
        "2026-03-02", " 2026-03-02 ", "2026-03-02Z", "2026-03-02+01:00", "2026-03-02-14:00", "2026-03-02+14:00", "2026-03-02+14:01", "2026-03-02+15:00", "2026-03-02+1:00",
        "2026-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "2026-00-01", "2026-01-00", "2026-04-31", "0000-01-01", "0001-01-01", "0001-01-01+14:00", "9999-12-31", "9999-12-31-14:00",
        "10000-01-01", "-0001-01-01", "02-03-2026", "2026/03/02", "20260302", "2026-3-2", "2026-03", "2026-03-02T00:00:00", "i dag",
    ];

    private static readonly string[] Booleans = ["true", "false", "1", "0", " true ", "\n1\t", "True", "TRUE", "FALSE", "ja", "yes", "2", "00", "01", "-1", "t", "true false"];

    private static readonly string[] Numbers =
    [
        "0", "1", "-1", "+1", "-0", " 17 ", "0017", "9999999999", "10000000000", "9999999999999", "10000000000000", "09999999999999", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "1.0", "1.", ".5", "1e3", "1E3", "0x1F", "1 000", "1.000", "1,000", "--1", "+-1", "+", "-", "INF", "NaN", "１",
        new string('0', 300) + "1", new string('9', 300),
    ];

    private static readonly string[] Languages = ["da", "DA", "d", "dan", "da-DK", "d1", "1d", "d-", "-d", "æø", " da ", "d a", "x", "zz"];

    private static readonly string[] Uris =
    [
        "https://example.dk/", "example", "../a", "#a", "?a", "a b", " https://example.dk ", "https://exa mple.dk", "https://example.dk/æøå", "http://[::1]/", "http://[::1", "http://",
        "://", ":", "%", "%zz", "http://a:b:c", "javascript:1", "mailto:a@b", "urn:a:b", "\\\\server\\share", "C:\\a", "http://example.dk:99999/", "{}", "<a>", "|", "^",
        "https://example.dk/" + new string('x', 237), "https://example.dk/" + new string('x', 238),
    ];

    private static readonly string[] Base64 =
    [
        "", "A", "AA", "AAA", "AAAA", "AA==", "AAA=", "A===", "====", "=", "AB==", "AAB=", "AA=A", "AA==AAAA", "AAAA=", "AAAA==", "AAAA====", "A A A A", " AAAA\r\n", "AA =\t=", "AA=\n=", "AA\u00A0AA",
        "AAA\u2028A", "AAA-", "AAA_", "AAA.", "AAA\u0141", "ＡAAA", "AAAAA", "AAAAAA", "+/+/", "AAAA AAAA A", "AA==\n", "=AAA", "AAAA\u0085",
    ];

    /// <summary>Every list: what a type does with the values of the others.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. new[] { Texts, Uuids, Moments, Dates, Booleans, Numbers, Languages, Uris, Base64 }.SelectMany(list => list).Distinct()];

    /// <summary>The list that is made for a type.</summary>
    public static IReadOnlyList<string> For(XmlSchemaSimpleType type) => type.TypeCode switch
    {
        XmlTypeCode.DateTime => Moments,
        XmlTypeCode.Date => Dates,
        XmlTypeCode.Boolean => Booleans,
        XmlTypeCode.Long or XmlTypeCode.Decimal => Numbers,
        XmlTypeCode.Language => Languages,
        XmlTypeCode.AnyUri => Uris,
        XmlTypeCode.Base64Binary => Base64,
        _ when type.Name == "memoUuidType" => Uuids,
        _ => Lengths,
    };

    private static string Emoji(int count) => string.Concat(Enumerable.Repeat("💌", count));
}
