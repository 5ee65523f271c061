using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PostModtag.Application.Retention;
using PostModtag.Domain.Deliveries;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage.Retention;

/// <summary>On PostgreSQL no byte of what was deleted is left in any of its files, where the settings have the tables rewritten.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class RewriteTests
{
    private static readonly RetentionScope All = new([], IsOthers: true);

    [Theory]
    [InlineData(10)]
    [InlineData(300_000)]
    public async Task After_its_time_no_byte_of_a_message_is_left_in_PostgreSQLs_files(int size)
    {
        using var postgreSql = new OwnPostgreSql();
        await ExecuteAsync(postgreSql, "ALTER SYSTEM SET wal_recycle = off", "SELECT pg_reload_conf()");
        await using var infrastructure = await TestInfrastructure.StartAsync(
            configure: options => (options.PostgreSql, options.Retention.RewriteTables) = (postgreSql.Database, true));
        var retention = infrastructure.Services.GetRequiredService<IRetentionStore>();
        var memo = new TestMemo { Label = "Mærkeligt-navn-4711", SenderLabel = "Xaver Ubekendt-4712", Encoding = Encoding.Latin1 };
        memo.Files.Clear();

        // No compression hides what is left.
        var bytes = new byte[size];
        new Random(4711).NextBytes(bytes);
        memo.Files.Add(("brev.txt", "text/plain", [.. Encoding.UTF8.GetBytes("Indholdet-4713"), .. bytes]));
        await infrastructure.KeepAsync(memo, before: message =>
        {
            message.RouteTo("indbakke");
            message.Record(new DeliveryOutcome.Accepted(), TestMessages.Now, TestMessages.Now);
        });
        var other = new TestMemo();
        var kept = await infrastructure.KeepAsync(other);
        await ForgetLogAsync(postgreSql);
        postgreSql.Raw().ShouldContain("Ubekendt-4712");

        (await retention.DeleteMessagesAsync(All, TestMessages.Now.AddHours(1), 10, TestMessages.Deleted, CancellationToken.None)).ShouldBe(1);
        (await retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();

        await ForgetLogAsync(postgreSql);
        var left = postgreSql.Raw();
        foreach (var needle in new[] { "navn-4711", "Ubekendt-4712", "Indholdet-4713", Convert.ToBase64String("Indholdet-4713"u8)[..16], memo.MessageUuid })
            left.ShouldNotContain(needle);
        (await infrastructure.BytesAsync(kept.Xml)).ShouldBe(other.ToBytes());
    }

    [Fact]
    public async Task A_table_that_somebody_holds_is_rewritten_the_next_time()
    {
        using var postgreSql = new OwnPostgreSql();
        await using var infrastructure = await TestInfrastructure.StartAsync(
            configure: options => (options.PostgreSql, options.Retention.RewriteTables) = (postgreSql.Database, true));
        var retention = infrastructure.Services.GetRequiredService<IRetentionStore>();
        await using (var reader = new NpgsqlConnection(postgreSql.Database))
        {
            await reader.OpenAsync();
            await using var transaction = await reader.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("""SELECT count(*) FROM "Messages" """, reader, transaction);
            await command.ExecuteScalarAsync();
            (await retention.EraseAsync(CancellationToken.None)).ShouldBeFalse();
        }

        (await retention.EraseAsync(CancellationToken.None)).ShouldBeTrue();
    }

    /// <summary>What is in the write-ahead log is in the tables' files, and the files of the log before it are gone.</summary>
    private static Task ForgetLogAsync(OwnPostgreSql postgreSql) => ExecuteAsync(postgreSql, "SELECT pg_switch_wal()", "CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT");

    private static async Task ExecuteAsync(OwnPostgreSql postgreSql, params string[] statements)
    {
        await using var connection = new NpgsqlConnection(postgreSql.Database);
        await connection.OpenAsync();
        foreach (var sql in statements)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
