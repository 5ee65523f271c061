namespace PostModtag.Infrastructure.Storage.Verify;

/// <summary>What was found so far. Of very many, the first are spelled out.</summary>
internal sealed class Findings
{
    private const int MostSpelledOut = 1_000;

    private readonly List<string> _sentences = [];
    private long _more;

    /// <summary>The sentences.</summary>
    public IReadOnlyList<string> All => _more == 0 ? _sentences : [.. _sentences, $"And {_more} more."];

    /// <summary>Something is not as it must be.</summary>
    public void Add(string sentence)
    {
        if (_sentences.Count < MostSpelledOut)
            _sentences.Add(sentence);
        else
            _more++;
    }
}
