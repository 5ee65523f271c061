using System.Globalization;
using PostModtag.ContractDiff.OpenApi;
using PostModtag.ContractDiff.Xsd;

namespace PostModtag.ContractDiff;

/// <summary>Compares two versions of a contract: two OpenAPI files, two schemas, or two folders such as <c>api-spec</c> with both.</summary>
public static class ContractComparison
{
    private static readonly string[] OpenApiEndings = [".openapi.yaml", ".openapi.yml", ".openapi.json"];

    /// <summary>What <paramref name="new"/> changes: breaking first within each file.</summary>
    /// <param name="old">A file or a folder.</param>
    /// <param name="new">The same of the new version.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="ContractUnreadableException">A file is no contract that can be compared.</exception>
    public static async Task<IReadOnlyList<ContractChange>> CompareAsync(string old, string @new, CancellationToken cancellationToken)
    {
        var changes = new List<ContractChange>();
        foreach (var path in new[] { old, @new })
        {
            if (!File.Exists(path) && !Directory.Exists(path))
                throw new FileNotFoundException($"There is no file or folder {path}.");
        }

        if (Directory.Exists(old) != Directory.Exists(@new))
            throw new ContractUnreadableException($"{old} and {@new} must be two files or two folders.");
        if (Directory.Exists(old))
            await CompareFoldersAsync(old, @new, changes, cancellationToken);
        else if (IsSchema(old))
            XsdComparison.Compare([old], [@new], new Findings(Path.GetFileName(@new), changes));
        else
            await OpenApiComparison.CompareAsync(old, @new, new Findings(Path.GetFileName(@new), changes), cancellationToken);
        return [.. changes.GroupBy(change => change.File).SelectMany(file => file.OrderBy(change => change.Effect))];
    }

    private static async Task CompareFoldersAsync(string old, string @new, List<ContractChange> changes, CancellationToken cancellationToken)
    {
        var (before, after) = (OpenApiFiles(old), OpenApiFiles(@new));
        foreach (var (name, was, now) in OpenApiComparison.Pairs(before, after))
        {
            var findings = new Findings(name, changes);
            if (was is null)
                findings.Compatible("the file", "is new");
            else if (now is null)
                findings.Breaking("the file", "is gone");
            else
                await OpenApiComparison.CompareAsync(was, now, findings, cancellationToken);
        }

        // Schemas in one folder belong together: they import each other.
        var (schemas, schemasNow) = (Schemas(old), Schemas(@new));
        if (schemas.Length + schemasNow.Length > 0)
            XsdComparison.Compare(schemas, schemasNow, new Findings(schemasNow.Length == 1 ? Path.GetFileName(schemasNow[0]) : "the schemas", changes));
        CompareMemo(Path.Combine(old, "memo"), Path.Combine(@new, "memo"), changes);
    }

    /// <summary>A version of MeMo is held against the same one; a new version against the newest before it, since its messages come beside those.</summary>
    private static void CompareMemo(string old, string @new, List<ContractChange> changes)
    {
        var (before, after) = (Versions(old), Versions(@new));
        foreach (var (number, folder) in after)
        {
            var name = $"memo/{Path.GetFileName(folder)}";
            if (before.TryGetValue(number, out var same))
            {
                XsdComparison.Compare(Schemas(same), Schemas(folder), new Findings(name, changes));
                continue;
            }

            new Findings(name, changes).Compatible($"MeMo {Path.GetFileName(folder)}", "is a new version; messages of the others are read as before");
            if (before.LastOrDefault(version => version.Key < number).Value is { } newest)
                XsdComparison.Compare(Schemas(newest), Schemas(folder), new Findings($"{name} beside memo/{Path.GetFileName(newest)}", changes));
        }

        foreach (var (number, folder) in before.Where(version => !after.ContainsKey(version.Key)))
            new Findings($"memo/{Path.GetFileName(folder)}", changes).Breaking($"MeMo {Path.GetFileName(folder)}", "is gone; its messages are rejected (MEMO_VERSION_NOT_SUPPORTED)");
    }

    private static SortedDictionary<decimal, string> Versions(string folder) => new(
        (Directory.Exists(folder) ? Directory.GetDirectories(folder) : [])
            .Where(each => decimal.TryParse(Path.GetFileName(each), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            .ToDictionary(each => decimal.Parse(Path.GetFileName(each), CultureInfo.InvariantCulture)));

    private static string[] Schemas(string folder) => [.. Directory.EnumerateFiles(folder).Where(IsSchema).Order(StringComparer.Ordinal)];

    private static bool IsSchema(string file) => file.EndsWith(".xsd", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> OpenApiFiles(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => Array.Exists(OpenApiEndings, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        .Order(StringComparer.Ordinal).ToDictionary(file => Path.GetFileName(file));
}
