using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostModtag.Application;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// The keys that secrets are encrypted with, in the database, so that all nodes have the same. With a master key they are
/// encrypted themselves, and the database alone gives no secret away.
/// </summary>
internal sealed class PostgreSqlKeys(IDbContextFactory<PostgreSqlDbContext> databases, IOptions<PostModtagOptions> options) : IXmlRepository
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var database = databases.CreateDbContext();
        return [.. database.DataProtectionKeys.OrderBy(row => row.Id).AsEnumerable().Select(row => XElement.Parse(Encoding.UTF8.GetString(row.IsEncrypted ? Decrypt(row.Key) : row.Key)))];
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        var xml = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        var isEncrypted = options.Value.MasterKeyFile is not null;
        using var database = databases.CreateDbContext();
        database.Add(new DataProtectionKeyRow { Key = isEncrypted ? Encrypt(xml) : xml, IsEncrypted = isEncrypted });
        database.SaveChanges();
    }

    /// <summary>The nonce, the tag, the cipher text.</summary>
    private byte[] Encrypt(byte[] xml)
    {
        var encrypted = new byte[NonceLength + TagLength + xml.Length];
        RandomNumberGenerator.Fill(encrypted.AsSpan(0, NonceLength));
        using var aes = new AesGcm(MasterKey.Read(options.Value.MasterKeyFile!), TagLength);
        aes.Encrypt(encrypted.AsSpan(0, NonceLength), xml, encrypted.AsSpan(NonceLength + TagLength), encrypted.AsSpan(NonceLength, TagLength));
        return encrypted;
    }

    private byte[] Decrypt(byte[] encrypted)
    {
        if (options.Value.MasterKeyFile is not { } file)
            throw new CryptographicException("The keys in the database are encrypted, and PostModtag:MasterKeyFile is not set. Set it to the file that the other nodes have.");
        var xml = new byte[encrypted.Length - NonceLength - TagLength];
        using var aes = new AesGcm(MasterKey.Read(file), TagLength);
        try
        {
            aes.Decrypt(encrypted.AsSpan(0, NonceLength), encrypted.AsSpan(NonceLength + TagLength), encrypted.AsSpan(NonceLength, TagLength), xml);
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new CryptographicException($"The keys in the database were encrypted with another master key than the one in {file}. Set PostModtag:MasterKeyFile to the file that the other nodes have.", exception);
        }

        return xml;
    }
}

/// <summary>The key that encrypts keys: 32 bytes, in base64, in a file that only the server can read.</summary>
internal static class MasterKey
{
    private const int Length = 32;

    /// <exception cref="StorageUnavailableException">There is none in the file; the message says what is expected.</exception>
    public static byte[] Read(string file)
    {
        try
        {
            var key = Convert.FromBase64String(File.ReadAllText(file).Trim());
            if (key.Length == Length)
                return key;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"The file that PostModtag:MasterKeyFile names cannot be read: {exception.Message}", exception);
        }
        catch (FormatException)
        {
            // Said below, without what is in it.
        }

        throw new StorageUnavailableException($"The file {file} that PostModtag:MasterKeyFile names has no master key: expected {Length} bytes in base64, such as 'openssl rand -base64 {Length}' makes.");
    }
}
