using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace PostModtag.Infrastructure.Memo;

/// <summary>
/// Decodes xs:base64Binary from pieces of text of any length, white space anywhere, in bounded memory. Only the four
/// white space characters of XML count as such.
/// </summary>
internal sealed class Base64Decoder : IDisposable
{
    /// <summary>The most characters that one call takes.</summary>
    public const int MaxPiece = 16_384;

    private const int Quantum = 4;

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \t\r\n");
    private static readonly SearchValues<byte> WhiteSpaceBytes = SearchValues.Create(" \t\r\n"u8);

    // What one call brings, after what the last one left: the last four digits wait, since they may be the padded ones.
    private readonly byte[] _digits = ArrayPool<byte>.Shared.Rent(MaxPiece + 2 * Quantum);
    private readonly byte[] _decoded = ArrayPool<byte>.Shared.Rent((MaxPiece + 2 * Quantum) / Quantum * 3);
    private int _waiting;

    /// <summary>Whether something came that is not Base64. What follows is then ignored.</summary>
    public bool Failed { get; private set; }

    /// <summary>Decodes a piece; the bytes stay as they are until the next call.</summary>
    public ReadOnlyMemory<byte> Decode(ReadOnlySpan<char> piece)
    {
        if (Failed)
            return default;

        ArgumentOutOfRangeException.ThrowIfGreaterThan(piece.Length, MaxPiece);
        while (!piece.IsEmpty)
        {
            var run = piece.IndexOfAny(WhiteSpace);
            var digits = run < 0 ? piece : piece[..run];
            if (Ascii.FromUtf16(digits, _digits.AsSpan(_waiting), out var copied) != OperationStatus.Done)
                return Fail();
            _waiting += copied;
            piece = run < 0 ? default : piece[(run + 1)..];
        }

        return DecodeWhole();
    }

    /// <summary>Decodes a piece of UTF-8; the bytes stay as they are until the next call.</summary>
    public ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> piece)
    {
        if (Failed)
            return default;

        ArgumentOutOfRangeException.ThrowIfGreaterThan(piece.Length, MaxPiece);
        while (!piece.IsEmpty)
        {
            var run = piece.IndexOfAny(WhiteSpaceBytes);
            var digits = run < 0 ? piece : piece[..run];
            digits.CopyTo(_digits.AsSpan(_waiting));
            _waiting += digits.Length;
            piece = run < 0 ? default : piece[(run + 1)..];
        }

        return DecodeWhole();
    }

    /// <summary>Decodes what is left at the end of the text.</summary>
    public ReadOnlyMemory<byte> Complete()
    {
        if (Failed || _waiting == 0)
            return default;
        if (_waiting != Quantum)
            return Fail();

        // The last four digits, which may be padded. Base64 demands that the bits left over in them are zero; Convert,
        // like XmlReader, does not.
        Span<char> last = stackalloc char[Quantum];
        Ascii.ToUtf16(_digits.AsSpan(0, Quantum), last, out _);
        _waiting = 0;
        return Convert.TryFromBase64Chars(last, _decoded, out var written) ? _decoded.AsMemory(0, written) : Fail();
    }

    /// <summary>Makes the decoder ready for the next file.</summary>
    public void Reset() => (_waiting, Failed) = (0, false);

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_digits);
        ArrayPool<byte>.Shared.Return(_decoded);
    }

    private ReadOnlyMemory<byte> DecodeWhole()
    {
        var count = (_waiting - 1) / Quantum * Quantum;
        if (count <= 0)
            return default;
        var status = Base64.DecodeFromUtf8(_digits.AsSpan(0, count), _decoded, out var consumed, out var written, isFinalBlock: false);
        if (status != OperationStatus.Done || consumed != count)
            return Fail();
        _digits.AsSpan(count, _waiting - count).CopyTo(_digits);
        _waiting -= count;
        return _decoded.AsMemory(0, written);
    }

    private ReadOnlyMemory<byte> Fail()
    {
        Failed = true;
        return default;
    }
}
