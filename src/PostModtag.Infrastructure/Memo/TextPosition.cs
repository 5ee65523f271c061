namespace PostModtag.Infrastructure.Memo;

/// <summary>Counts lines and columns, from 1, as XML does: CR, LF and the two together each end a line.</summary>
internal sealed class TextPosition
{
    private bool _afterReturn;

    /// <summary>The line of the next character.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The column of the next character.</summary>
    public int Column { get; private set; } = 1;

    /// <summary>Goes past a piece of the text.</summary>
    public void Pass(ReadOnlySpan<char> piece)
    {
        if (piece.IsEmpty)
            return;
        Line += piece.Count('\n') + piece.Count('\r') - piece.Count("\r\n");
        if (_afterReturn && piece[0] == '\n')
            Line--;
        _afterReturn = piece[^1] == '\r';
        var lineEnd = piece.LastIndexOfAny('\r', '\n');
        Column = lineEnd < 0 ? Column + piece.Length : piece.Length - lineEnd;
    }
}

/// <summary>Where something of one length was put into a text, and so how far columns have moved.</summary>
internal sealed class SplitPlaces(int length)
{
    // In the order of the text. The column is where what was put in has ended, and counts it and all before it on the line.
    private readonly List<(int Line, int Column, int Moved)> _places = [];

    /// <summary>Something is put in before that place of the text as it was.</summary>
    public void Add(int line, int column)
    {
        var moved = length + (_places.Count > 0 && _places[^1].Line == line ? _places[^1].Moved : 0);
        _places.Add((line, column + moved, moved));
    }

    /// <summary>The column in the text as it was, for a place in the text as it is now.</summary>
    public int ColumnOf(int line, int column)
    {
        var (low, high) = (0, _places.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var place = _places[middle];
            if (place.Line < line || (place.Line == line && place.Column <= column))
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 && _places[low - 1].Line == line ? column - _places[low - 1].Moved : column;
    }
}
