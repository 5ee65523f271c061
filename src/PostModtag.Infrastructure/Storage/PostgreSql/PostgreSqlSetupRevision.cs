namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>Other nodes change it too, so it is asked for each time, with a statement that stays prepared: EF makes more of it than the database does.</summary>
internal sealed class PostgreSqlSetupRevision(PostgreSqlSource source) : ISetupRevision
{
    /// <inheritdoc />
    public async Task<long> GetAsync(CancellationToken cancellationToken)
    {
        await using var command = source.DataSource.CreateCommand("""SELECT "Revision" FROM "Setup" """);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <inheritdoc />
    public void Changed()
    {
    }
}
