using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace PostModtag.Benchmarks.Rows;

/// <summary>
/// What a program that only knows where the contents are would do, written by hand for that: find each content element, decode it, hash
/// the whole and each file, and write both. It checks nothing.
/// </summary>
internal static class ContentScan
{
    private const int Piece = 65_536;

    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    /// <summary>Scans it from the stream, and says how many bytes of files it found.</summary>
    public static async Task<long> RunAsync(Stream body, string xmlPath, string filePath)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var xml = Open(xmlPath);
        await using var decoded = Open(filePath);
        var (buffer, bytes) = (new byte[Piece + 64], new byte[Piece]);
        var (digits, waiting, isInside, kept, found) = (new byte[Piece + 8], 0, false, 0, 0L);
        int count;
        while ((count = await body.ReadAsync(buffer.AsMemory(kept, Piece))) > 0)
        {
            whole.AppendData(buffer, kept, count);
            await xml.WriteAsync(buffer.AsMemory(kept, count));
            var rest = buffer.AsMemory(0, kept + count);
            while (true)
            {
                if (!isInside)
                {
                    var at = rest.Span.IndexOf("<memo:content>"u8);
                    if (at < 0)
                        break;
                    (rest, isInside) = (rest[(at + 14)..], true);
                }

                var end = rest.Span.IndexOf((byte)'<');
                var text = end < 0 ? rest : rest[..end];
                waiting = Strip(text.Span, digits, waiting);
                Base64.DecodeFromUtf8(digits.AsSpan(0, waiting), bytes, out var consumed, out var written, isFinalBlock: end >= 0);
                digits.AsSpan(consumed, waiting - consumed).CopyTo(digits);
                waiting -= consumed;
                file.AppendData(bytes, 0, written);
                await decoded.WriteAsync(bytes.AsMemory(0, written));
                found += written;
                if (end < 0)
                {
                    rest = default;
                    break;
                }

                (rest, isInside, waiting) = (rest[end..], false, 0);
                file.GetHashAndReset();
            }

            // A tag may be cut in two.
            kept = Math.Min(rest.Length, isInside ? 0 : 13);
            rest[^kept..].CopyTo(buffer);
        }

        whole.GetHashAndReset();
        return found;
    }

    private static int Strip(ReadOnlySpan<byte> text, byte[] digits, int waiting)
    {
        while (!text.IsEmpty)
        {
            var run = text.IndexOfAny(WhiteSpace);
            var part = run < 0 ? text : text[..run];
            part.CopyTo(digits.AsSpan(waiting));
            waiting += part.Length;
            text = run < 0 ? default : text[(run + 1)..];
        }

        return waiting;
    }

    private static FileStream Open(string path) => new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 17);
}
