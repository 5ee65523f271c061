namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>Asks PostgreSQL on a connection of the pool.</summary>
internal sealed class PostgreSqlQuickQueries(PostgreSqlSource source) : IQuickQueries
{
    /// <inheritdoc />
    public async Task<bool> HasMessageAsync(Guid messageUuid, CancellationToken cancellationToken)
    {
        await using var command = source.DataSource.CreateCommand($"{QuickSql.HasMessage}$1");
        command.Parameters.Add(new() { Value = messageUuid });
        return await command.ExecuteScalarAsync(cancellationToken) is not 0L;
    }

    /// <inheritdoc />
    public async Task<long> GetRevisionAsync(CancellationToken cancellationToken)
    {
        await using var command = source.DataSource.CreateCommand(QuickSql.Revision);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
