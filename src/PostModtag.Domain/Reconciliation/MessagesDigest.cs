using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PostModtag.Domain.Messages;

namespace PostModtag.Domain.Reconciliation;

/// <summary>
/// The digest of a day's messages: which were received, with which bytes, and which got which receipt. SHA-256 of one line each, sorted:
/// <c>received messageUUID SHA256-of-the-XML</c> and <c>decided messageUUID STATUS transmissionId</c>.
/// </summary>
public sealed class MessagesDigest
{
    private readonly List<string> _lines = [];

    /// <summary>A message was received.</summary>
    public void Received(Guid messageUuid, string sha256) => _lines.Add($"received {messageUuid} {sha256}");

    /// <summary>A message got its final receipt.</summary>
    public void Decided(Guid messageUuid, ReceiptStatus status, Guid transmissionId) =>
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"decided {messageUuid} {status} {transmissionId}"));

    /// <summary>The digest, 64 lower-case hexadecimal digits.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in _lines.Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
