using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>Contents by their SHA-256, all in the database: small ones in a row, large ones in pieces. The folder has them only on their way in.</summary>
internal sealed class PieceContentStore(DataFolder folder, PostgreSqlSource source, IDbContextFactory<PostgreSqlDbContext> databases, IOptions<PostModtagOptions> options) : IContentStore
{
    /// <inheritdoc />
    public IStagedContents Stage() => new StagedContents(folder, options.Value.InlineContentBytes);

    /// <inheritdoc />
    public async Task<Stream> OpenReadAsync(ContentReference content, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await database.Contents.SingleOrDefaultAsync(row => row.Sha256 == content.Sha256, cancellationToken)
            ?? throw new IOException($"The content {content.Sha256} is not in the database.");
        return row.Bytes is { } bytes ? new MemoryStream(bytes, writable: false) : new PieceStream(source.DataSource, content);
    }

    /// <inheritdoc />
    public Task<Stream> OpenFileAsync(ContentReference xml, MessageFile file, CancellationToken cancellationToken) => FileInXml.OpenAsync(this, xml, file, cancellationToken);
}
