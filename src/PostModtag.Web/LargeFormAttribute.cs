using Microsoft.AspNetCore.Http.Metadata;

namespace PostModtag.Web;

/// <summary>
/// A page whose form takes a file as large as a message may be. What a message or a rule file may have in all is said by the server's
/// limit on bodies (<c>PostModtag:MaxMessageBytes</c>) and by who reads it; here is only that a form does not stop it before.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LargeFormAttribute : Attribute, IRequestSizeLimitMetadata, IFormOptionsMetadata
{
    private const int Largest = 1_000_100_000;

    // A rule file that was compared goes back and forth as a text, each byte of which may be three in a form.
    private const int LargestValue = 30_000_000;

    /// <inheritdoc />
    public long? MaxRequestBodySize => null;

    /// <inheritdoc />
    public long? MultipartBodyLengthLimit => Largest;

    /// <inheritdoc />
    public int? ValueLengthLimit => LargestValue;

    /// <inheritdoc />
    public bool? BufferBody => null;

    /// <inheritdoc />
    public int? MemoryBufferThreshold => null;

    /// <inheritdoc />
    public long? BufferBodyLengthLimit => null;

    /// <inheritdoc />
    public int? ValueCountLimit => null;

    /// <inheritdoc />
    public int? KeyLengthLimit => null;

    /// <inheritdoc />
    public int? MultipartBoundaryLengthLimit => null;

    /// <inheritdoc />
    public int? MultipartHeadersCountLimit => null;

    /// <inheritdoc />
    public int? MultipartHeadersLengthLimit => null;
}
