using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using PostModtag.Infrastructure.Storage.Rows;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// Keeps rows and their contents in one transaction, with those of others. Large contents are kept in pieces, none of which is there without
/// the others, in a transaction of their own: nobody is to wait until all their bytes are with the database.
/// </summary>
internal sealed class PostgreSqlRowWriter(PostgreSqlSource source, IDbContextFactory<PostgreSqlDbContext> databases, RowGroups groups) : IRowWriter
{
    private IModel? _model;

    /// <inheritdoc />
    public async Task<bool> AddAsync(IReadOnlyCollection<object> rows, StagedContents contents, CancellationToken cancellationToken)
    {
        _model ??= await databases.ModelAsync(cancellationToken);
        var prepared = rows.Select(row => EntityInsert.Prepare(_model, row)).ToList();
        return contents.HasFiles
            ? await AddLargeAsync(Fill, cancellationToken)
            : await groups.WriteAsync(Fill, cancellationToken);

        void Fill(RowBatch batch)
        {
            prepared.ForEach(batch.Insert);
            batch.Add(contents.ToKeep);
        }
    }

    private async Task<bool> AddLargeAsync(Action<RowBatch> fill, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new RowBatch(connection);
        fill(batch);
        return await batch.CommitAsync(cancellationToken);
    }
}
