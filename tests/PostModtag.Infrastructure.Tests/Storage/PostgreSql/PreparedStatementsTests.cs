using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage.PostgreSql;

/// <summary>What messages say to the database again and again is parsed there once on each connection.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class PreparedStatementsTests : IDisposable
{
    // Npgsql prepares what has been said five times.
    private const int Enough = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-prepared-").FullName;
    private readonly string _database = TestDatabase.Create();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_keeps_a_message_stays_prepared_and_is_planned_each_time()
    {
        await using var node = await NodeAsync("");
        for (var i = 0; i < Enough; i++)
            await node.KeepAsync(new TestMemo());

        await using var connection = await node.Services.GetRequiredService<PostgreSqlSource>().DataSource.OpenConnectionAsync();
        var prepared = await AskAsync(connection, "SELECT statement FROM pg_prepared_statements");
        prepared.ShouldContain(statement => statement.StartsWith("INSERT INTO \"Messages\"", StringComparison.Ordinal));
        prepared.ShouldContain(statement => statement.StartsWith("INSERT INTO \"Contents\"", StringComparison.Ordinal));
        (await AskAsync(connection, "SHOW plan_cache_mode")).ShouldBe(["force_custom_plan"]);
    }

    [Fact]
    public async Task A_connection_string_that_says_otherwise_has_it_so()
    {
        await using var node = await NodeAsync(";Max Auto Prepare=0");
        for (var i = 0; i < Enough; i++)
            await node.KeepAsync(new TestMemo());

        await using var connection = await node.Services.GetRequiredService<PostgreSqlSource>().DataSource.OpenConnectionAsync();
        (await AskAsync(connection, "SELECT statement FROM pg_prepared_statements")).ShouldBeEmpty();
        (await AskAsync(connection, "SHOW plan_cache_mode")).ShouldBe(["auto"]);
    }

    [Fact]
    public async Task What_the_connection_string_asks_of_the_session_is_asked_too()
    {
        await using var node = await NodeAsync(";Options=-c statement_timeout=54321");

        await using var connection = await node.Services.GetRequiredService<PostgreSqlSource>().DataSource.OpenConnectionAsync();
        (await AskAsync(connection, "SHOW statement_timeout")).ShouldBe(["54321ms"]);
        (await AskAsync(connection, "SHOW plan_cache_mode")).ShouldBe(["force_custom_plan"]);
    }

    /// <summary>With one connection, so that it is the one that all was said on.</summary>
    private Task<TestInfrastructure> NodeAsync(string more) =>
        TestInfrastructure.StartAsync(_folder, options => options.PostgreSql = $"{_database};Maximum Pool Size=1{more}");

    private static async Task<List<string>> AskAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // It is one of those above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync())
            texts.Add(rows.GetString(0));
        return texts;
    }
}
