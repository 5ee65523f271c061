using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PostModtag.Infrastructure.Storage.Sqlite;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Drills;

/// <summary>A database that stops, and one whose disk takes its time: no answer says more than is kept, and nobody has to start the server anew.</summary>
public sealed class LostDatabaseTests
{
    [Fact]
    [Trait("Database", "PostgreSQL")]
    public async Task While_PostgreSQL_is_away_the_answer_is_503_and_afterwards_everything_goes_on()
    {
        using var postgreSql = new OwnPostgreSql();
        await using var server = await TestServer.StartAsync(settings: $"--PostModtag:PostgreSql={postgreSql.Database};Timeout=5");
        var (before, during, after) = (new TestMemo(), new TestMemo(), new TestMemo());
        var (status, receipt) = await PostAsync(server, before);
        status.ShouldBe(HttpStatusCode.OK);

        postgreSql.Stop();
        foreach (var memo in new[] { during, before, during })
            (await PostAsync(server, memo)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await server.Client.GetAsync("health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await server.Client.GetAsync("health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Client.GetAsync("messages")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        postgreSql.Start();
        await Eventually.BeSoAsync(async () => (await server.Client.GetAsync("health/ready")).StatusCode == HttpStatusCode.OK);
        (await PostAsync(server, before)).ShouldBe((HttpStatusCode.OK, receipt));
        foreach (var memo in new[] { during, after })
        {
            (await PostAsync(server, memo)).Status.ShouldBe(HttpStatusCode.OK);
            (await server.Client.GetByteArrayAsync($"messages/{memo.MessageUuid}/xml")).ShouldBe(memo.ToBytes());
        }
    }

    [Fact]
    public async Task While_the_disk_takes_its_time_the_sender_is_told_to_come_again_and_then_has_the_one_receipt()
    {
        using var disk = new SlowDisk();
        await using var server = await TestServer.StartAsync(disk.Register, settings: "--PostModtag:DeliveryTimeout=00:00:01");

        // The first one may itself take longer than a sender waits here.
        var (first, memo) = (new TestMemo(), new TestMemo());
        await Eventually.BeSoAsync(async () => (await PostAsync(server, first)).Status == HttpStatusCode.OK);

        disk.Hold(server);
        (await PostAsync(server, memo)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        disk.LetGo();

        (HttpStatusCode Status, string Body) answer = default;
        await Eventually.BeSoAsync(async () => (answer = await PostAsync(server, memo)).Status == HttpStatusCode.OK);
        (await PostAsync(server, memo)).ShouldBe(answer);
        (await server.Client.GetByteArrayAsync($"messages/{memo.MessageUuid}/xml")).ShouldBe(memo.ToBytes());
        (await server.Messages.FindMessagesAsync()).Result.Messages.Count.ShouldBe(2);
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(TestServer server, TestMemo memo)
    {
        using var answer = await server.PostAsync(memo.ToBytes());
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            answer.Headers.RetryAfter.ShouldNotBeNull();
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A database that keeps nothing until the disk says so: on SQLite no commit ends, and on PostgreSQL no message gets into its table.</summary>
    private sealed class SlowDisk : DbTransactionInterceptor, IDisposable
    {
        private readonly ManualResetEventSlim _isFree = new(initialState: true);
        private NpgsqlConnection? _lock;

        public void Hold(TestServer server)
        {
            _isFree.Reset();
            if (!TestDatabase.IsPostgreSql)
                return;
            _lock = new NpgsqlConnection($"{TestDatabase.ConnectionString(server.DataFolder)};Pooling=false");
            _lock.Open();
            using var command = new NpgsqlCommand("""BEGIN; LOCK TABLE "Messages" IN EXCLUSIVE MODE""", _lock);
            command.ExecuteNonQuery();
        }

        public void LetGo()
        {
            _isFree.Set();
            _lock?.Dispose();
        }

        public void Register(IServiceCollection services) => services.ConfigureDbContext<SqliteDbContext>(database => database.AddInterceptors(this));

        public override async ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            await Task.Run(_isFree.Wait, CancellationToken.None);
            return result;
        }

        public void Dispose()
        {
            LetGo();
            _isFree.Dispose();
        }
    }
}
