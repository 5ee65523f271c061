using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.Senders;

/// <summary>
/// What a sender's id, which may be a CPR number, is looked for by: its HMAC under a key of this database alone. Without the key, who has
/// the column can neither read a number out of it nor try all numbers that there are.
/// </summary>
internal sealed class SearchKey(IDbContextFactory<PostModtagDbContext> databases, DatabaseWriter writer, IDataProtectionProvider protection, ILogger<SearchKey> log)
{
    private const int KeyLength = 32;

    // 120 bits are 20 characters, and no two ids of the world's have the same.
    private const int Kept = 15;

    private readonly IDataProtector _protector = protection.CreateProtector("PostModtag.SearchKey");
    private byte[]? _key;

    /// <summary>Whether senders can be looked for. Not when the keys are gone that this one is encrypted with: messages are received all the same, and can be looked for by their sender when the keys are back.</summary>
    public bool IsKnown => _key is not null;

    /// <summary>Reads the key, and makes it the first time. Nodes that start at once have the same.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is null)
        {
            var made = _protector.Protect(RandomNumberGenerator.GetBytes(KeyLength));
            await writer.WriteAsync(
                database => database.Setup.Where(row => row.SearchKey == null).ExecuteUpdateAsync(update => update.SetProperty(row => row.SearchKey, made), cancellationToken),
                cancellationToken);
        }

        try
        {
            _key = _protector.Unprotect((await ReadAsync(cancellationToken))!);
        }
        catch (CryptographicException)
        {
            SearchKeyLog.Lost(log);
        }
    }

    /// <summary>By what messages with this sender are found, letter case aside; null while the key is not known.</summary>
    public string? Of(string senderId)
    {
        if (_key is not { } key)
            return null;
        var cut = senderId.Length <= MessageSummary.MaxLength ? senderId : senderId[..MessageSummary.MaxLength];
        return Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(MessageSummary.Fold(cut))).AsSpan(0, Kept));
    }

    private async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Setup.Select(row => row.SearchKey).SingleAsync(cancellationToken);
    }
}

/// <summary>What the key of senders writes to the log.</summary>
internal static partial class SearchKeyLog
{
    [LoggerMessage(153, LogLevel.Error, "Messages cannot be looked for by their sender: the keys are not there that the key for it is encrypted with (keys/ in the data folder; on PostgreSQL PostModtag:MasterKeyFile). Bring them back from a backup, and start again; docs/operating.md says what to do when they are lost for good")]
    public static partial void Lost(ILogger log);
}
