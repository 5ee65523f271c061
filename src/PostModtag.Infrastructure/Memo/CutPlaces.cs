namespace PostModtag.Infrastructure.Memo;

/// <summary>Gives places back as they are in the body, of which contents were taken out before it was parsed.</summary>
internal sealed class CutPlaces
{
    private int _lines;
    private int _line;
    private long _columns;

    /// <summary>The mark of a content stands at that place of what is parsed.</summary>
    public void Add(CutContent cut, int line, int column)
    {
        var before = line == _line ? _columns : 0;
        (_line, _lines) = (line, _lines + cut.Lines);

        // The mark takes a column itself; after a line end the columns begin anew.
        _columns = cut.Lines == 0 ? before + cut.Length - 1 : cut.LastLine - column;
    }

    /// <summary>The line in the body, of a place after the last mark.</summary>
    public int LineOf(int line) => line + _lines;

    /// <summary>The column in the body, of a place after the last mark.</summary>
    public int ColumnOf(int line, int column) => line == _line ? (int)(column + _columns) : column;
}
