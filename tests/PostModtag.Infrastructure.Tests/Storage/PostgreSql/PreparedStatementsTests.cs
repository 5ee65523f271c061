using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage.PostgreSql;

/// <summary>What messages say to the database again and again is parsed there once on each connection.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class PreparedStatementsTests : IDisposable
{
    // Npgsql prepares what has been said five times, and the look comes before what is said after the message itself.
    private const int Enough = 7;

    // Looks at the session that keeps messages from within: nobody else sees its statements.
    private const string SeeWriter =
        """
        CREATE TABLE seen (statement text, plan text);
        CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO seen SELECT statement FROM pg_prepared_statements;
            INSERT INTO seen VALUES ('', current_setting('plan_cache_mode'));
            RETURN NULL;
        END $$;
        CREATE TRIGGER see AFTER INSERT ON "Messages" FOR EACH STATEMENT EXECUTE FUNCTION see();
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-prepared-").FullName;
    private readonly string _database = TestDatabase.Create();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", true, "auto", "force_custom_plan")]
    [InlineData(";Max Auto Prepare=0", false, "auto", "auto")]
    public async Task What_keeps_a_message_stays_prepared_and_what_is_searched_is_planned_each_time_unless_the_connection_string_says_otherwise(
        string more, bool isPrepared, string planOfWrites, string planOfSearches)
    {
        await using var node = await NodeAsync(more);
        TestDatabase.ExecuteOn(_database, SeeWriter);
        for (var i = 0; i < Enough; i++)
            await node.KeepAsync(new TestMemo());

        await using var connection = await node.Services.GetRequiredService<PostgreSqlSource>().DataSource.OpenConnectionAsync();
        var prepared = await AskAsync(connection, "SELECT statement FROM seen");
        prepared.Exists(statement => statement.StartsWith("INSERT INTO \"Messages\"", StringComparison.Ordinal)).ShouldBe(isPrepared);
        prepared.Exists(statement => statement.StartsWith("INSERT INTO \"Contents\"", StringComparison.Ordinal)).ShouldBe(isPrepared);
        (await AskAsync(connection, "SELECT DISTINCT plan FROM seen WHERE plan IS NOT NULL")).ShouldBe([planOfWrites]);
        (await AskAsync(connection, "SHOW plan_cache_mode")).ShouldBe([planOfSearches]);
    }

    [Fact]
    public async Task What_the_connection_string_asks_of_the_session_is_asked_too()
    {
        await using var node = await NodeAsync(";Options=-c statement_timeout=54321");

        await using var connection = await node.Services.GetRequiredService<PostgreSqlSource>().DataSource.OpenConnectionAsync();
        (await AskAsync(connection, "SHOW statement_timeout")).ShouldBe(["54321ms"]);
        (await AskAsync(connection, "SHOW plan_cache_mode")).ShouldBe(["force_custom_plan"]);
    }

    [Theory]
    [InlineData("", "left so")]
    [InlineData(";No Reset On Close=false", "PostModtag")]
    public async Task A_connection_is_taken_as_it_was_left_unless_the_connection_string_says_otherwise(string more, string expected)
    {
        await using var node = await NodeAsync(more);
        var source = node.Services.GetRequiredService<PostgreSqlSource>().DataSource;
        await using (var connection = await source.OpenConnectionAsync())
        await using (var command = new NpgsqlCommand("SET application_name = 'left so'", connection))
            await command.ExecuteNonQueryAsync();

        await using var next = await source.OpenConnectionAsync();
        (await AskAsync(next, "SHOW application_name")).ShouldBe([expected]);
    }

    [Fact]
    public async Task Contents_are_not_compressed_on_their_way_in()
    {
        await using var node = await NodeAsync("");
        var memo = new TestMemo();
        memo.Files.Add(("tomt.bin", "application/octet-stream", new byte[20_000]));
        await node.KeepAsync(memo);

        await using var connection = await node.Services.GetRequiredService<PostgreSqlSource>().DataSource.OpenConnectionAsync();
        (await AskAsync(connection, """SELECT COALESCE(pg_column_compression("Bytes"), 'none') FROM "Contents" WHERE "Length" > 20000""")).ShouldBe(["none"]);
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
