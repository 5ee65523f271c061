namespace PostModtag.ContractDiff.Tests;

/// <summary>Two versions of a contract: this repository's, and the same with a text in it changed.</summary>
internal sealed class Changed : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-contract-").FullName;

    public Changed()
    {
        foreach (var version in new[] { Old, New })
        {
            foreach (var file in Directory.EnumerateFiles(Repository.PathOf("api-spec"), "*", SearchOption.AllDirectories).Where(file => !file.Contains("examples", StringComparison.Ordinal)))
            {
                var copy = Path.Combine(version, Path.GetRelativePath(Repository.PathOf("api-spec"), file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }

    public string Old => Path.Combine(_folder, "old");

    public string New => Path.Combine(_folder, "new");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Changes a text of the new version, which must be there.</summary>
    public Changed Replace(string file, string from, string to)
    {
        var path = Path.Combine(New, file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"{file} has no such text any more: {from}");
        File.WriteAllText(path, $"{text[..at]}{to}{text[(at + from.Length)..]}");
        return this;
    }

    /// <summary>What has changed, a line each.</summary>
    public async Task<string[]> LinesAsync() =>
        [.. (await ContractComparison.CompareAsync(Old, New, CancellationToken.None)).Select(change => $"{change.Effect} {change.File} {change.Place}: {change.Sentence}")];
}
