using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PostModtag.Api.Access;

/// <summary>A SHA-256, as a key to look up by: of a certificate, a token or an API key. It allocates nothing.</summary>
internal readonly record struct Sha256Value(UInt128 High, UInt128 Low)
{
    private const int OnStack = 1024;

    /// <summary>That of bytes.</summary>
    public static Sha256Value Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Read(hash);
    }

    /// <summary>That of a text in UTF-8.</summary>
    public static Sha256Value Of(ReadOnlySpan<char> text)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = longest > OnStack ? ArrayPool<byte>.Shared.Rent(longest) : null;
        try
        {
            var bytes = rented ?? stackalloc byte[OnStack];
            return Of(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    /// <summary>One that is written in hexadecimal.</summary>
    public static Sha256Value Parse(string hexadecimal) => Read(Convert.FromHexString(hexadecimal));

    /// <inheritdoc />
    public override string ToString() => $"{High:x32}{Low:x32}";

    private static Sha256Value Read(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
}
