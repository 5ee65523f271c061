using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PostModtag.Infrastructure.Rules;

/// <summary>Reads YAML, and refuses what is nested deeper than any rule file is: loading it takes a stack as deep.</summary>
internal sealed class ShallowParser(TextReader text) : IParser
{
    private const int MaxDepth = 20;

    private readonly Parser _parser = new(text);
    private int _depth;

    /// <inheritdoc />
    public ParsingEvent? Current => _parser.Current;

    /// <inheritdoc />
    public bool MoveNext()
    {
        if (!_parser.MoveNext())
            return false;
        _depth += Current!.NestingIncrease;
        return _depth <= MaxDepth ? true : throw new YamlException(Current.Start, Current.End, "It is nested too deep for a rule file.");
    }
}
