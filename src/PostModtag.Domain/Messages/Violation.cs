namespace PostModtag.Domain.Messages;

/// <summary>One thing that is wrong with a message, and where. It never quotes a value of the message.</summary>
/// <param name="XPath">Where, with the canonical prefixes (memo, grd, kle, form, dmv, gln, udd, sor).</param>
/// <param name="Line">The line, from 1; 0 where the check looks at the message as a whole.</param>
/// <param name="Column">The column, from 1; 0 where the check looks at the message as a whole.</param>
/// <param name="Expected">What was expected there: a sentence without its full stop.</param>
public sealed record Violation(string XPath, int Line, int Column, BilingualText Expected)
{
    /// <summary>How many of a message's violations are kept: one with more is as wrong as it gets.</summary>
    public const int MostKept = 100;

    /// <summary>The whole sentence in Danish and in English.</summary>
    public BilingualText Sentence => new(
        Line == 0 ? $"{XPath}: {Expected.Danish}." : $"{XPath} (linje {Line}, kolonne {Column}): {Expected.Danish}.",
        Line == 0 ? $"{XPath}: {Expected.English}." : $"{XPath} (line {Line}, column {Column}): {Expected.English}.");
}
