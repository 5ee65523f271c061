using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage.Rows;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>Keeps a change and the rows that come with it in one transaction, with those of others.</summary>
internal sealed class PostgreSqlMessageUpdates(IDbContextFactory<PostgreSqlDbContext> databases, RowGroups groups) : IMessageUpdates
{
    private IModel? _model;
    private EntityUpdate? _update;

    /// <inheritdoc />
    public async Task<bool> UpdateAsync(Message message, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        var model = _model ??= await databases.ModelAsync(cancellationToken);
        var update = _update ??= MessageChanges.Of(model);
        var prepared = rows.Select(row => EntityInsert.Prepare(model, row)).ToList();
        var isKept = await groups.WriteAsync(
            batch =>
            {
                batch.Update(update, message);
                prepared.ForEach(batch.Insert);
            },
            cancellationToken);
        if (isKept)
            update.Keep(message);
        return isKept;
    }
}
