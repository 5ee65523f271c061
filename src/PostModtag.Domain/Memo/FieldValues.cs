using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace PostModtag.Domain.Memo;

/// <summary>Finds a field's values in a message.</summary>
/// <param name="message">The message.</param>
/// <param name="values">Takes what is found.</param>
public delegate void FieldReader<in TMessage>(TMessage message, ref FieldValues values);

/// <summary>
/// The values of one field in one message, in its order. Rules ask for them so often that it lives on the stack: it
/// takes memory only for more than a few values.
/// </summary>
public ref struct FieldValues
{
    /// <summary>MeMo's own bound for what repeats most, AdditionalContentData.</summary>
    private const int MostOnStack = 10;

    private Texts _texts;
    private List<string>? _more;

    // A first value that is no text is printed here instead of in a string of its own.
    private Printed _printed;
    private int _printedLength;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The value at that place, from 0.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<char> this[int place] =>
        place == 0 && _printedLength > 0 ? _printed[.._printedLength]
        : place < MostOnStack ? _texts[place]
        : _more![place - MostOnStack];

    /// <summary>Adds a text.</summary>
    public void Add(string value)
    {
        if (Count < MostOnStack)
            _texts[Count] = value;
        else
            (_more ??= []).Add(value);
        Count++;
    }

    /// <summary>Adds <c>true</c> or <c>false</c>.</summary>
    public void Add(bool value) => Add(value ? "true" : "false");

    /// <summary>Adds a whole number.</summary>
    public void Add(long value) => Print(value, null);

    /// <summary>Adds a decimal number.</summary>
    public void Add(decimal value) => Print(value, MemoValue.DecimalFormat);

    /// <summary>Adds a UUID.</summary>
    public void Add(Guid value) => Print(value, MemoValue.UuidFormat);

    /// <summary>Adds a moment, in UTC.</summary>
    public void Add(DateTimeOffset value) => Print(value.UtcDateTime, MemoValue.DateTimeFormat);

    /// <summary>Adds a day.</summary>
    public void Add(DateOnly value) => Print(value, MemoValue.DateFormat);

    /// <summary>Adds the text that others have at that place.</summary>
    internal void AddText(in FieldValues others, int place) => Add(place < MostOnStack ? others._texts[place]! : others._more![place - MostOnStack]);

    /// <summary>The values as strings.</summary>
    public readonly IReadOnlyList<string> ToList()
    {
        var list = new string[Count];
        for (var place = 0; place < Count; place++)
            list[place] = this[place].ToString();
        return list;
    }

    private void Print<T>(T value, string? format)
        where T : ISpanFormattable
    {
        if (Count == 0 && value.TryFormat(_printed, out _printedLength, format, CultureInfo.InvariantCulture))
            Count = 1;
        else
            Add(value.ToString(format, CultureInfo.InvariantCulture));
    }

    [InlineArray(MostOnStack)]
    private struct Texts
    {
        private string? _first;
    }

    [InlineArray(40)]
    private struct Printed
    {
        private char _first;
    }
}
