using System.Security.Cryptography;

namespace PostModtag.Infrastructure.Storage.Verify;

/// <summary>Reads bytes to their end, and compares them with their SHA-256.</summary>
internal static class ReadBack
{
    /// <summary>What is wrong with them, to follow their name; null when nothing is.</summary>
    public static async Task<string?> FaultAsync(Func<Task<Stream>> open, string sha256, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await open();
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) == sha256 ? null : "is damaged: its bytes have another SHA-256";
        }
        catch (IOException exception)
        {
            return $"cannot be read: {exception.Message}";
        }
    }
}
