using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace PostModtag.Benchmarks.Rows;

/// <summary>
/// What a program that only knows where the contents are would do, written by hand for that: find each content element, decode it, hash
/// the whole and each file, and write both. It checks nothing, waits for nothing, and copies no byte that it need not.
/// </summary>
internal sealed class ContentScan : IDisposable
{
    private const int Piece = 131_072;
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    private readonly IncrementalHash _file = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _decoded = new byte[Piece];
    private readonly byte[] _group = new byte[4];
    private readonly SafeFileHandle _into;
    private int _waiting;
    private long _found;

    private ContentScan(SafeFileHandle into) => _into = into;

    /// <summary>Scans a file.</summary>
    /// <param name="path">The message.</param>
    /// <param name="xmlPath">Where the message is written again, as a server must that has it from the network.</param>
    /// <param name="filePath">Where the bytes of its files are written, one after the other.</param>
    /// <returns>How many bytes of files it found.</returns>
    public static long Run(string path, string xmlPath, string filePath)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var from = File.OpenHandle(path, options: FileOptions.SequentialScan);
        using var xml = File.OpenHandle(xmlPath, FileMode.Create, FileAccess.Write);
        using var into = File.OpenHandle(filePath, FileMode.Create, FileAccess.Write);
        using var scan = new ContentScan(into);
        var buffer = new byte[Piece + 64];
        var (position, kept, isInside, count) = (0L, 0, false, 0);
        while ((count = RandomAccess.Read(from, buffer.AsSpan(kept, Piece), position)) > 0)
        {
            whole.AppendData(buffer, kept, count);
            RandomAccess.Write(xml, buffer.AsSpan(kept, count), position);
            position += count;
            var rest = buffer.AsSpan(0, kept + count);
            while (!rest.IsEmpty)
            {
                var at = isInside ? rest.IndexOf((byte)'<') : rest.IndexOf("<memo:content>"u8);
                if (isInside)
                    scan.Take(at < 0 ? rest : rest[..at]);
                if (at < 0)
                {
                    // A tag may be cut in two.
                    rest = isInside ? default : rest[^Math.Min(rest.Length, 13)..];
                    break;
                }

                if (isInside)
                    scan._file.GetHashAndReset();
                rest = isInside ? rest[at..] : rest[(at + 14)..];
                isInside = !isInside;
            }

            rest.CopyTo(buffer);
            kept = rest.Length;
        }

        whole.GetHashAndReset();
        return scan._found;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Takes a part of a content: runs of digits with white space between.</summary>
    private void Take(ReadOnlySpan<byte> text)
    {
        var kept = 0;
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny(WhiteSpace);
            kept = TakeRun(end < 0 ? text : text[..end], kept);
            text = end < 0 ? default : text[(end + 1)..];
        }

        _file.AppendData(_decoded, 0, kept);
        RandomAccess.Write(_into, _decoded.AsSpan(0, kept), _found);
        _found += kept;
    }

    private int TakeRun(ReadOnlySpan<byte> run, int kept)
    {
        while (_waiting is > 0 && !run.IsEmpty)
        {
            _group[_waiting++] = run[0];
            run = run[1..];
            if (_waiting < 4)
                continue;
            Base64.DecodeFromUtf8(_group, _decoded.AsSpan(kept), out _, out var group);
            (kept, _waiting) = (kept + group, 0);
        }

        var whole = run.Length & ~3;
        Base64.DecodeFromUtf8(run[..whole], _decoded.AsSpan(kept), out _, out var written);
        foreach (var digit in run[whole..])
            _group[_waiting++] = digit;
        return kept + written;
    }
}
