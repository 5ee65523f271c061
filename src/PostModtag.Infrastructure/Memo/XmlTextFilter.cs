using System.Buffers;

namespace PostModtag.Infrastructure.Memo;

/// <summary>
/// Stands before the XML reader, which holds a CDATA section whole: a long one is handed on as several, which means the
/// same. It remembers where, so that columns can be given as they are in the body.
/// </summary>
internal sealed class XmlTextFilter(TextReader text) : TextReader
{
    /// <summary>The longest CDATA section that is handed on; so short that most are whole in the XML reader's buffer, and take no other.</summary>
    private const int LongestSection = 2_048;

    private const string CDataStart = "<![CDATA[";
    private const string CDataEnd = "]]>";
    private const string DocumentTypeStart = "<!DOCTYPE";
    private const string Split = CDataEnd + CDataStart;

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \t\r\n");

    private readonly char[] _buffer = new char[32_768];
    private readonly SplitPlaces _splits = new(Split.Length);
    private readonly TextPosition _position = new();
    private int _start;
    private int _end;
    private bool _atEnd;

    // What ends the comment, the instruction or the section that is open; null outside them.
    private string? _until;
    private int _inSection;

    // What may be handed on as it is, and what was put in before it.
    private int _run;
    private ReadOnlyMemory<char> _inserted;

    /// <summary>Whether nothing but white space has come.</summary>
    public bool IsBlank { get; private set; } = true;

    /// <summary>Where a document type declaration begins; null when none has come.</summary>
    public (int Line, int Column)? DocumentType { get; private set; }

    /// <summary>The column in the body, for a place that the XML reader tells.</summary>
    public int ColumnOf(int line, int column) => _splits.ColumnOf(line, column);

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        var count = 0;
        while (count < buffer.Length)
        {
            var taken = Take(buffer.Span[count..]);
            count += taken;
            if (taken > 0)
                continue;
            if (count > 0 || (_atEnd && _start == _end))
                break;
            await FillAsync(cancellationToken);
        }

        return count;
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    public override int Read(char[] buffer, int index, int count) => throw new NotSupportedException("The body is read asynchronously.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var count = await text.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        _atEnd = count == 0;
    }

    private int Take(Span<char> to)
    {
        if (_run == 0 && _inserted.IsEmpty)
            _run = Next(_buffer.AsSpan(_start.._end));
        if (!_inserted.IsEmpty)
        {
            var inserted = Math.Min(_inserted.Length, to.Length);
            _inserted.Span[..inserted].CopyTo(to);
            _inserted = _inserted[inserted..];
            return inserted;
        }

        var count = Math.Min(_run, to.Length);
        var taken = _buffer.AsSpan(_start, count);
        taken.CopyTo(to);
        _position.Pass(taken);
        IsBlank = IsBlank && taken.IndexOfAnyExcept(WhiteSpace) < 0;
        (_start, _run) = (_start + count, _run - count);
        return count;
    }

    /// <summary>How many characters may be handed on as they are; 0 when more must be seen first, or something was put in.</summary>
    private int Next(ReadOnlySpan<char> coming)
    {
        if (coming.IsEmpty)
            return 0;
        if (_until is null)
        {
            var tag = coming.IndexOf('<');
            return tag switch
            {
                < 0 => coming.Length,
                > 0 => tag,
                _ => coming.Length >= CDataStart.Length || _atEnd ? Open(coming) : 0,
            };
        }

        // The last characters may be the beginning of the end.
        var end = coming.IndexOf(_until);
        var within = end >= 0 ? end : _atEnd ? coming.Length : Math.Max(0, coming.Length - (_until.Length - 1));
        if (_until == CDataEnd && within > 0 && _inSection + within >= LongestSection)
            return Divide(coming[..within]);
        _inSection += within;
        if (end < 0)
            return within;
        within += _until.Length;
        _until = null;
        return within;
    }

    private int Open(ReadOnlySpan<char> coming)
    {
        (_until, var opening) = coming switch
        {
            _ when coming.StartsWith(CDataStart) => (CDataEnd, CDataStart.Length),
            _ when coming.StartsWith("<!--") => ("-->", 4),
            _ when coming.StartsWith("<?") => ("?>", 2),
            _ => (null, 1),
        };
        _inSection = 0;
        if (DocumentType is null && coming.StartsWith(DocumentTypeStart))
            DocumentType = (_position.Line, _position.Column);
        return opening;
    }

    /// <summary>Fills the section up, or begins the next. A line break and a character of two halves stay whole.</summary>
    private int Divide(ReadOnlySpan<char> within)
    {
        var room = LongestSection - _inSection;
        if (room > 0 && (within[room - 1] == '\r' || char.IsHighSurrogate(within[room - 1])))
            room--;
        _inSection = LongestSection;
        if (room > 0)
            return room;

        _inserted = Split.AsMemory();
        _inSection = 0;
        _splits.Add(_position.Line, _position.Column);
        return 0;
    }
}
