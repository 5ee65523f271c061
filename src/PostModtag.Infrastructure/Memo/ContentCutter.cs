using System.Buffers;
using System.Security.Cryptography;
using PostModtag.Domain.Memo;

namespace PostModtag.Infrastructure.Memo;

/// <summary>
/// Takes the files' contents out of a UTF-8 body before it is parsed: decodes and hashes each where it stands, and leaves the small rest
/// with <see cref="Mark"/> in its place. It knows no XML. It takes what looks like a content, and the parser says whether it was one;
/// wherever the two do not agree, or anything at all is unusual, it gives up, and the body is parsed whole.
/// </summary>
internal sealed class ContentCutter(RecordingStream body) : IDisposable
{
    /// <summary>What stands in the place of a content: a character of the private use area, which no content has. A body that has it is not cut.</summary>
    public const char Mark = '\uE000';

    /// <summary>The most bytes that are left: a message of a thousand files has half as many.</summary>
    public const int MostRest = 524_288;

    private const int UsualRest = 16_384;
    private const int Size = 65_536;

    // How far before the name of a content its tag may begin.
    private const int History = 256;

    // What a start tag that has nothing but a name has not.
    private static readonly SearchValues<byte> NotInName = SearchValues.Create(" \t\r\n/!?\"'>"u8);

    private static readonly byte[] MarkBytes = [0xEE, 0x80, 0x80];

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(History + Size);
    private readonly Base64Decoder _decoder = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<CutContent> _cuts = new();
    private byte[] _rest = ArrayPool<byte>.Shared.Rent(UsualRest);
    private int _restLength;
    private int _cutCount;
    private CutContent? _current;

    // What was read and not looked at is from _start to _end; from 0 to _start is what was before it.
    private int _start;
    private int _end;
    private bool _isEnd;

    // Where in the body _end is.
    private long _read;

    /// <summary>Whether all that was taken out was asked for.</summary>
    public bool IsSettled => _cuts.Count == 0;

    /// <summary>Goes over the whole body.</summary>
    /// <returns>What is left, for as long as this is not disposed.</returns>
    /// <exception cref="NotCuttableException">Only the parser can tell what the body is.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> CutAsync(CancellationToken cancellationToken)
    {
        while (!_isEnd)
        {
            await FillAsync(cancellationToken);
            while (_start < _end && Advance())
            {
            }
        }

        return _current is null ? _rest.AsMemory(0, _restLength) : throw new NotCuttableException();
    }

    /// <summary>The content whose mark the parser has come to.</summary>
    /// <exception cref="NotCuttableException">There is none.</exception>
    public CutContent Claim() => _cuts.TryDequeue(out var cut) ? cut : throw new NotCuttableException();

    /// <inheritdoc />
    public void Dispose()
    {
        _decoder.Dispose();
        _hash.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        ArrayPool<byte>.Shared.Return(_rest);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var keep = Math.Min(_start, History);
        _buffer.AsSpan(_start - keep, _end - _start + keep).CopyTo(_buffer);
        (_start, _end) = (keep, _end - _start + keep);
        var count = await body.ReadAsync(_buffer.AsMemory(_end, Math.Min(Size, History + Size - _end)), cancellationToken);
        _end += count;
        _read += count;
        _isEnd = count == 0;
    }

    /// <summary>Leaves these bytes to the parser.</summary>
    private void Leave(ReadOnlySpan<byte> bytes)
    {
        if (_restLength + bytes.Length > _rest.Length)
        {
            if (_restLength + bytes.Length > MostRest)
                throw new NotCuttableException();
            var longer = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _rest.Length, _restLength + bytes.Length));
            _rest.AsSpan(0, _restLength).CopyTo(longer);
            ArrayPool<byte>.Shared.Return(_rest);
            _rest = longer;
        }

        bytes.CopyTo(_rest.AsSpan(_restLength));
        _restLength += bytes.Length;
    }

    /// <summary>Goes on in what was read. False when more is needed.</summary>
    private bool Advance() => _current is null ? FindStart() : Take(_current);

    /// <summary>Leaves what comes, up to where a content begins.</summary>
    private bool FindStart()
    {
        var name = "content>"u8;
        var text = _buffer.AsSpan(_start, _end - _start);
        for (var from = 0; ;)
        {
            var at = text[from..].IndexOf(name);
            if (at < 0)
            {
                // The name may be cut in two.
                LeaveUnmarked(_isEnd ? text.Length : Math.Max(0, text.Length - (name.Length - 1)));
                return false;
            }

            var end = from + at + name.Length;
            if (!IsStart(_start + end))
            {
                from = end;
                continue;
            }

            LeaveUnmarked(end);
            if (++_cutCount > MessageFiles.Most)
                throw new NotCuttableException();
            _current = new CutContent(_read - (_end - _start));
            _decoder.Reset();
            return true;
        }
    }

    /// <summary>Whether a tag that ends there begins an element, and has nothing but a name.</summary>
    private bool IsStart(int end)
    {
        var before = _buffer.AsSpan(Math.Max(0, end - History), Math.Min(end, History));
        var open = before.LastIndexOf((byte)'<');
        return open >= 0 && before[open..^1].IndexOfAny(NotInName) < 0;
    }

    private void LeaveUnmarked(int count)
    {
        var text = _buffer.AsSpan(_start, count);

        // A mark of the sender's own may be cut in two, so its first byte is enough.
        if (text.Contains(MarkBytes[0]))
            throw new NotCuttableException();
        Leave(text);
        _start += count;
    }

    private bool Take(CutContent cut)
    {
        var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'<');
        var isWhole = length >= 0;
        if (isWhole && _start + length + 1 == _end && !_isEnd)
        {
            // What follows the < decides. It comes next.
            isWhole = false;
        }

        length = length < 0 ? _end - _start : length;
        for (var piece = _buffer.AsSpan(_start, length); !piece.IsEmpty;)
        {
            var part = piece[..Math.Min(piece.Length, Base64Decoder.MaxPiece)];
            cut.Count(part);
            var decoded = _decoder.Decode(part);
            if (_decoder.Failed)
                throw new NotCuttableException();
            Hash(cut, decoded);
            piece = piece[part.Length..];
        }

        _start += length;
        if (!isWhole)
            return false;
        End(cut);
        return true;
    }

    private void Hash(CutContent cut, ReadOnlyMemory<byte> decoded)
    {
        _hash.AppendData(decoded.Span);
        cut.DecodedLength += decoded.Length;
    }

    private void End(CutContent cut)
    {
        var last = _decoder.Complete();
        if (_decoder.Failed || _start + 1 >= _end || _buffer[_start + 1] != '/')
            throw new NotCuttableException();
        Hash(cut, last);
        _current = null;

        // Where nothing stood, it is as it was.
        if (cut.Length == 0)
            return;
        cut.Sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        _cuts.Enqueue(cut);
        Leave(MarkBytes);
    }
}

/// <summary>A content that was taken out of a body.</summary>
/// <param name="offset">Where in the body it begins, in bytes.</param>
internal sealed class CutContent(long offset)
{
    private bool _wasReturn;

    /// <summary>SHA-256 of its decoded bytes, once it is whole.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>How many its decoded bytes are.</summary>
    public long DecodedLength { get; set; }

    /// <summary>Where it stands. Its characters are single bytes.</summary>
    public ContentPlace Place => new(offset, Length);

    /// <summary>How many characters it had.</summary>
    public long Length { get; private set; }

    /// <summary>How many line ends it had, as XML counts them.</summary>
    public int Lines { get; private set; }

    /// <summary>How many characters it had after the last of them.</summary>
    public long LastLine { get; private set; }

    /// <summary>Counts a piece of it, as it stands in the body.</summary>
    public void Count(ReadOnlySpan<byte> piece)
    {
        Length += piece.Length;
        while (!piece.IsEmpty)
        {
            var end = piece.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                (LastLine, _wasReturn) = (LastLine + piece.Length, false);
                return;
            }

            // A line feed after a carriage return is the same line end.
            var isSame = piece[end] == '\n' && _wasReturn && end == 0;
            (Lines, LastLine, _wasReturn) = (isSame ? Lines : Lines + 1, 0, piece[end] == '\r');
            piece = piece[(end + 1)..];
        }
    }
}

/// <summary>The body has something that only the parser understands.</summary>
internal sealed class NotCuttableException() : Exception("The body is parsed whole.");
