namespace PostModtag.Domain.Memo;

/// <summary>What the model holds of a file's content, which itself is in the content store.</summary>
/// <param name="Number">The file's number in the message, from 1, in the order of the message.</param>
/// <param name="Length">The size of the decoded content in bytes.</param>
/// <param name="Sha256">SHA-256 of the decoded content, 64 lower-case hexadecimal digits.</param>
/// <param name="InXml">Where it stands in the message's XML, from which it is decoded when it is asked for; null where it is kept by itself.</param>
public sealed record FileContent(int Number, long Length, string Sha256, ContentPlace? InXml = null);

/// <summary>Where in a message's XML a file stands as Base64, and nothing but Base64 and white space, in UTF-8.</summary>
/// <param name="Offset">Its first byte, counted from 0.</param>
/// <param name="Length">How many bytes it takes.</param>
public sealed record ContentPlace(long Offset, long Length);
