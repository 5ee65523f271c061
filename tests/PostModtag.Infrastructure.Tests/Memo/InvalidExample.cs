using System.Text.RegularExpressions;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>A row of the table in <c>api-spec/examples/invalid/README.md</c>.</summary>
internal sealed partial record InvalidExample(string File, string ErrorCode, string XPath)
{
    /// <summary>The codes of the faults that the reader finds; the others are found by the checks beyond the schema.</summary>
    private static readonly string[] FoundByReader = ["SCHEMA_VIOLATION", "MEMO_VERSION_NOT_SUPPORTED"];

    public static IReadOnlyList<InvalidExample> All { get; } =
    [
        .. Row().Matches(System.IO.File.ReadAllText(Path.Combine(Examples.Folder, "invalid", "README.md")))
            .Select(row => new InvalidExample(row.Groups["file"].Value, row.Groups["code"].Value, row.Groups["xpath"].Value)),
    ];

    public bool BreaksSchema => FoundByReader.Contains(ErrorCode);

    [GeneratedRegex(@"^\| \[(?<file>[^\]]+)\]\(\k<file>\) \|[^|]*\| (?<code>[A-Z_]+) \| [A-Z_]+ \| `(?<xpath>[^`]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
