namespace PostModtag.Benchmarks.Measuring;

/// <summary>The figures as one table, for a terminal or in Markdown.</summary>
internal static class Table
{
    private static readonly string[] Heads = ["#", "work", "measured", "reference", "ratio", "goal", "met"];

    public static IEnumerable<string> Lines(IReadOnlyList<Figure> figures, bool isMarkdown)
    {
        List<IReadOnlyList<string>> rows = [Heads, .. figures.Select(figure => figure.Cells)];
        if (isMarkdown)
            return rows.Select(row => $"| {string.Join(" | ", row)} |").InsertAfterFirst($"|{string.Concat(Enumerable.Repeat("---|", Heads.Length))}");
        var widths = Enumerable.Range(0, Heads.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static IEnumerable<string> InsertAfterFirst(this IEnumerable<string> lines, string line) => lines.SelectMany((each, index) => index == 0 ? new[] { each, line } : [each]);
}
