using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PostModtag.Infrastructure.Storage;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage.PostgreSql;

/// <summary>How nodes start on PostgreSQL, and how they refuse to.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-start-").FullName;
    private readonly string _database = TestDatabase.Create();

    [Fact]
    public async Task Nodes_that_start_at_once_make_the_tables_once()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => NodeAsync(number)));

        foreach (var node in nodes)
        {
            await using var database = await node.Databases.CreateDbContextAsync();
            (await database.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
            database.Database.HasPendingModelChanges().ShouldBeFalse();
            await node.KeepAsync(new TestMemo());
            await node.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("Host=localhost;Port=1;Database=post;Username=u;Password=hemmelig", "post on localhost")]
    [InlineData("Host=/nowhere;Username=u;Password=hemmelig", "u on /nowhere")]
    public async Task A_database_that_does_not_answer_is_refused_with_a_sentence_that_names_the_setting(string connection, string name)
    {
        await using var node = Node(0, connection);

        var refusal = await Should.ThrowAsync<StorageUnavailableException>(node.StartAsync);

        refusal.Message.ShouldStartWith($"The database that PostModtag:PostgreSql names ({name}) cannot be used: ");
        refusal.Message.ShouldNotContain("hemmelig");
    }

    [Fact]
    public async Task A_text_that_is_no_connection_string_is_refused_without_its_password()
    {
        await using var node = Node(0, "Hosst=localhost;Password=hemmelig");

        var refusal = await Should.ThrowAsync<StorageUnavailableException>(node.StartAsync);

        refusal.Message.ShouldStartWith("PostModtag:PostgreSql is not a connection string that Npgsql can read.");
        refusal.Message.ShouldNotContain("hemmelig");
    }

    [Fact]
    public async Task What_was_on_its_way_in_when_a_node_ended_is_dropped()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "0", "incoming"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "0", "incoming", "x.part"), "halv");

        await using var node = await NodeAsync(0);

        node.IncomingFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_storage_is_ready_while_the_database_takes_a_commit_and_not_else()
    {
        await using var node = await NodeAsync(0);
        var health = node.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync()).Status.ShouldBe(HealthStatus.Healthy);

        var name = new Npgsql.NpgsqlConnectionStringBuilder(_database).Database!;
        TestDatabase.ExecuteOn(_database.Replace(name, "postgres", StringComparison.Ordinal), $"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false");
        TestDatabase.ExecuteOn(_database.Replace(name, "postgres", StringComparison.Ordinal), $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");

        (await health.CheckHealthAsync()).Entries["storage"].Description!.ShouldStartWith("The storage cannot take a message: ");
    }

    [Fact]
    public async Task To_say_that_it_is_ready_the_storage_writes_to_the_database()
    {
        await using var node = await NodeAsync(0);
        var health = node.Services.GetRequiredService<HealthCheckService>();
        for (var i = 0; i < 3; i++)
        {
            var before = await LogPositionAsync(node);
            (await health.CheckHealthAsync()).Status.ShouldBe(HealthStatus.Healthy);
            (await LogPositionAsync(node)).ShouldBeGreaterThan(before);
        }
    }

    [Fact]
    public async Task With_a_master_key_the_database_has_no_key_in_clear_and_every_node_with_it_reads_what_another_wrote()
    {
        var master = MasterKeyFile("master");
        string secret;
        await using (var one = await NodeAsync(0, master))
        {
            secret = Protector(one).Protect("hemmelig");
            (await KeysAsync(one)).ShouldAllBe(key => !key.Contains("masterKey", StringComparison.Ordinal) && !key.Contains("<key", StringComparison.Ordinal));
        }

        await using (var other = await NodeAsync(1, master))
            Protector(other).Unprotect(secret).ShouldBe("hemmelig");
        await using (var without = await NodeAsync(2))
            Should.Throw<CryptographicException>(() => Protector(without).Unprotect(secret));
        await using var wrong = await NodeAsync(3, MasterKeyFile("another"));
        Should.Throw<CryptographicException>(() => Protector(wrong).Unprotect(secret));
    }

    [Theory]
    [InlineData("for kort", "has no master key: expected 32 bytes in base64, such as 'openssl rand -base64 32' makes.")]
    [InlineData("AAAA", "has no master key: expected 32 bytes in base64, such as 'openssl rand -base64 32' makes.")]
    [InlineData(null, "cannot be read: ")]
    public async Task A_master_key_that_is_none_stops_the_start(string? content, string expected)
    {
        var file = Path.Combine(_folder, "key");
        if (content is not null)
            await File.WriteAllTextAsync(file, content);
        await using var node = Node(0, _database, file);

        var refusal = await Should.ThrowAsync<StorageUnavailableException>(node.StartAsync);

        refusal.Message.ShouldContain(expected);
        if (content is not null)
            refusal.Message.ShouldNotContain(content);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IDataProtector Protector(TestInfrastructure node) => node.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static async Task<IReadOnlyList<string>> KeysAsync(TestInfrastructure node)
    {
        await using var database = await node.Services.GetRequiredService<IDbContextFactory<PostgreSqlDbContext>>().CreateDbContextAsync();
        var keys = await database.DataProtectionKeys.Select(row => row.Key).ToListAsync();
        keys.ShouldNotBeEmpty();
        return [.. keys.Select(Encoding.UTF8.GetString)];
    }

    private static async Task<long> LogPositionAsync(TestInfrastructure node)
    {
        await using var database = await node.Databases.CreateDbContextAsync();
        return await database.Database.SqlQuery<long>($"SELECT (pg_current_wal_flush_lsn() - '0/0')::bigint AS \"Value\"").SingleAsync();
    }

    private string MasterKeyFile(string name)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n");
        return file;
    }

    private TestInfrastructure Node(int number, string connection, string? masterKeyFile = null) => new(
        Path.Combine(_folder, number.ToString(CultureInfo.InvariantCulture)),
        options => (options.PostgreSql, options.MasterKeyFile) = (connection, masterKeyFile));

    private async Task<TestInfrastructure> NodeAsync(int number, string? masterKeyFile = null)
    {
        var node = Node(number, _database, masterKeyFile);
        await node.StartAsync();
        return node;
    }
}
