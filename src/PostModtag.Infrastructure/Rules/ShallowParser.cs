using PostModtag.Domain.Messages;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PostModtag.Infrastructure.Rules;

/// <summary>
/// Reads YAML, and refuses what a small file can make much of: nesting deeper than any rule file has, as loading it takes a
/// stack as deep; very many parts, as each takes a hundred times the memory that it takes in the file; and aliases, with which
/// a few lines stand for more rules than memory holds.
/// </summary>
internal sealed class ShallowParser(TextReader text) : IParser
{
    private const int MaxDepth = 20;

    // Twice what the largest rule set has. Loaded, a part takes up to 260 bytes, also one of two characters.
    private const int MaxParts = 1_000_000;

    private readonly Parser _parser = new(text);
    private int _depth;
    private int _parts;

    /// <inheritdoc />
    public ParsingEvent? Current => _parser.Current;

    /// <inheritdoc />
    public bool MoveNext()
    {
        if (!Next())
            return false;
        _depth += Current!.NestingIncrease;
        if (_depth > MaxDepth)
            throw new NotForARuleFileException(Current, "Der er for mange niveauer i hinanden til en regelfil.", "It is nested too deep for a rule file.");
        if (++_parts > MaxParts)
            throw new NotForARuleFileException(Current, "Der er mere, end den største regelfil har.", "There is more here than the largest rule file has.");
        if (Current is AnchorAlias)
            throw new NotForARuleFileException(
                Current,
                "En regelfil har ingen aliasser. Skriv ud, hvad der menes, eller sæt anførselstegn om tekst, der begynder med en stjerne.",
                "A rule file has no aliases. Write out what it stands for, or put quotes around text that begins with an asterisk.");
        return true;
    }

    /// <summary>Of a bracket that is not closed the library makes a fault of its own, and no place.</summary>
    private bool Next()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (InvalidOperationException)
        {
            throw new NotForARuleFileException(
                Current!,
                "Her mangler et komma, eller en parentes, der lukker den liste eller gruppe, som er åben.",
                "Expected a comma, or a bracket that closes the list or mapping that is open here.");
        }
    }
}

/// <summary>YAML that no rule file has; the sentence is ours, and quotes nothing.</summary>
internal sealed class NotForARuleFileException(ParsingEvent what, string danish, string english) : YamlException(what.Start, what.End, english)
{
    /// <summary>The sentence in both languages.</summary>
    public BilingualText Text { get; } = new(danish, english);
}
