using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>Contents by their SHA-256: small ones in packs, or in the database where they are older than packs, large ones in files of their own.</summary>
internal sealed class FileContentStore(DataFolder folder, IDbContextFactory<SqliteDbContext> databases, IOptions<PostModtagOptions> options) : IContentStore
{
    // Each delivery asks for one.
    private readonly Func<SqliteDbContext, string, CancellationToken, Task<ContentRow?>> _find =
        EF.CompileAsyncQuery((SqliteDbContext database, string sha256, CancellationToken _) => database.Contents.SingleOrDefault(row => row.Sha256 == sha256));

    /// <inheritdoc />
    public IStagedContents Stage() => new StagedContents(folder, options.Value.InlineContentBytes);

    /// <inheritdoc />
    public async Task<Stream> OpenReadAsync(ContentReference content, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var row = await _find(database, content.Sha256, cancellationToken)
            ?? throw new IOException($"The content {content.Sha256} is not in the database.");
        if (row.Bytes is { } bytes)
            return new MemoryStream(bytes, writable: false);
        if (row is { Pack: { } pack, Offset: { } offset })
            return new MemoryStream(ContentPacks.Read(folder, new PackPlace(pack, offset), row.Length), writable: false);
        return new FileStream(
            ContentFiles.Find(folder, content.Sha256) ?? throw new IOException($"The content {content.Sha256} is not in the data folder."),
            FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 65_536, FileOptions.Asynchronous | FileOptions.SequentialScan);
    }

    /// <inheritdoc />
    public Task<Stream> OpenFileAsync(ContentReference xml, MessageFile file, CancellationToken cancellationToken) => FileInXml.OpenAsync(this, xml, file, cancellationToken);

    /// <summary>
    /// Mends what a crash left under <c>incoming</c>: a file that the database refers to goes to its place, any other is
    /// dropped. Called once, before anything comes in.
    /// </summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var file in Directory.EnumerateFiles(folder.Incoming).ToList())
        {
            if (ContentFiles.Sha256Of(file) is { } sha256
                && await database.Contents.AnyAsync(row => row.Sha256 == sha256 && row.Bytes == null && row.Pack == null, cancellationToken))
                ContentFiles.MoveToPlace(folder, file, sha256);
            else
                File.Delete(file);
        }
    }
}
