namespace PostModtag.ContractDiff;

/// <summary>What has been found in one file so far.</summary>
internal sealed class Findings(string file, List<ContractChange> changes)
{
    public void Breaking(string place, string sentence) => changes.Add(new ContractChange(file, ChangeEffect.Breaking, place, sentence));

    public void Compatible(string place, string sentence) => changes.Add(new ContractChange(file, ChangeEffect.Compatible, place, sentence));

    /// <summary>Breaking, or else compatible.</summary>
    public void Add(bool isBreaking, string place, string sentence) => changes.Add(new ContractChange(file, isBreaking ? ChangeEffect.Breaking : ChangeEffect.Compatible, place, sentence));

    /// <summary>That words differ, where they do.</summary>
    public void Text(string place, string what, string? from, string? to)
    {
        if (Plain(from) != Plain(to))
            changes.Add(new ContractChange(file, ChangeEffect.Text, place, $"the {what} is another one"));
    }

    // How a text is broken into lines says nothing.
    private static string Plain(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
