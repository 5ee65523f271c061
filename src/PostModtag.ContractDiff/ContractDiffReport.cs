using System.Globalization;

namespace PostModtag.ContractDiff;

/// <summary>Changes as a person reads them.</summary>
public static class ContractDiffReport
{
    /// <summary>Writes them, file by file, and how many they are.</summary>
    public static async Task WriteAsync(IReadOnlyList<ContractChange> changes, TextWriter output)
    {
        foreach (var file in changes.GroupBy(change => change.File))
        {
            await output.WriteLineAsync(file.Key);
            foreach (var change in file)
                await output.WriteLineAsync($"  {Word(change.Effect),-10}  {change.Place}: {change.Sentence}.");
        }

        var breaking = changes.Count(change => change.Effect == ChangeEffect.Breaking);
        await output.WriteLineAsync(changes.Count == 0 ? "No change." : string.Create(CultureInfo.InvariantCulture, $"{changes.Count} {(changes.Count == 1 ? "change" : "changes")}, {breaking} breaking."));
    }

    private static string Word(ChangeEffect effect) => effect switch { ChangeEffect.Breaking => "breaking", ChangeEffect.Compatible => "compatible", _ => "text" };
}
