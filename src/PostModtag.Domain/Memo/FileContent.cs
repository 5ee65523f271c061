namespace PostModtag.Domain.Memo;

/// <summary>What the model holds of a file's content, which itself is in the content store.</summary>
/// <param name="Number">The file's number in the message, from 1, in the order of the message.</param>
/// <param name="Length">The size of the decoded content in bytes.</param>
/// <param name="Sha256">SHA-256 of the decoded content, 64 lower-case hexadecimal digits.</param>
public sealed record FileContent(int Number, long Length, string Sha256);
