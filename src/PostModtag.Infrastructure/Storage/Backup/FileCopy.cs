using System.Buffers;
using System.Security.Cryptography;

namespace PostModtag.Infrastructure.Storage.Backup;

/// <summary>Copies files durably, and says what they were.</summary>
internal static class FileCopy
{
    private const int Piece = 1 << 20;

    /// <summary>Copies the first bytes of a file, or all of it, to a file that is not there.</summary>
    /// <exception cref="IOException">The file ends before, or one of them cannot be read or written.</exception>
    public static async Task<BackupFile> CopyAsync(string from, string folder, string name, long? length, CancellationToken cancellationToken)
    {
        var to = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            var left = length ?? source.Length;
            while (left > 0)
            {
                var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, Piece)), cancellationToken);
                if (read == 0)
                    throw new IOException($"The file {from} ends before it should.");
                hash.AppendData(buffer.AsSpan(0, read));
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                left -= read;
            }

            target.Flush(flushToDisk: true);
            return new BackupFile(name.Replace('\\', '/'), target.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
