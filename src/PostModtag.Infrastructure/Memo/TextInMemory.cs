using System.Buffers;
using System.Text;

namespace PostModtag.Infrastructure.Memo;

/// <summary>A text that is decoded at once and read where it is, in memory that is used again.</summary>
internal sealed class TextInMemory : TextReader
{
    private readonly char[] _text;
    private readonly int _length;
    private int _position;

    /// <param name="bytes">The text; a byte order mark at its beginning is no part of it.</param>
    /// <param name="encoding">What it is written in.</param>
    public TextInMemory(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        if (bytes.StartsWith(encoding.Preamble))
            bytes = bytes[encoding.Preamble.Length..];
        _text = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(bytes.Length));
        _length = encoding.GetChars(bytes, _text);
    }

    public override int Read(char[] buffer, int index, int count)
    {
        var read = Math.Min(count, _length - _position);
        _text.AsSpan(_position, read).CopyTo(buffer.AsSpan(index));
        _position += read;
        return read;
    }

    public override int Peek() => _position < _length ? _text[_position] : -1;

    public override int Read() => _position < _length ? _text[_position++] : -1;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            ArrayPool<char>.Shared.Return(_text);
        base.Dispose(disposing);
    }
}
