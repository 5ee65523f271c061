namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// Other nodes change it too, so it is asked for each time: of many that ask at once one asks for all that came before its question went
/// out, with a statement that stays prepared. EF makes more of it than the database does.
/// </summary>
internal sealed class PostgreSqlSetupRevision : ISetupRevision, IAsyncDisposable
{
    private readonly PostgreSqlSource _source;
    private readonly Rounds<ValueTuple, long> _rounds;

    public PostgreSqlSetupRevision(PostgreSqlSource source) => (_source, _rounds) = (source, new(AskAsync));

    /// <inheritdoc />
    public Task<long> GetAsync(CancellationToken cancellationToken) => _rounds.AskAsync(default).WaitAsync(cancellationToken);

    /// <inheritdoc />
    public void Changed()
    {
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _rounds.DisposeAsync();

    private async Task AskAsync(IReadOnlyList<Rounds<ValueTuple, long>.Asked> round)
    {
        await using var command = _source.DataSource.CreateCommand("""SELECT "Revision" FROM "Setup" """);
        var revision = (long)(await command.ExecuteScalarAsync())!;
        foreach (var asked in round)
            asked.Answer(revision);
    }
}
