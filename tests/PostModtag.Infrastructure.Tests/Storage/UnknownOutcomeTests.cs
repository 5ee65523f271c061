using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PostModtag.Domain.Messages;

using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>A commit that fails may have been made all the same: no file that the database refers to may be lost.</summary>
[Trait("Database", "SQLite")]
public sealed class UnknownOutcomeTests
{
    [Fact]
    public async Task A_commit_that_was_not_made_leaves_nothing()
    {
        var fault = new CommitFault { Before = true };
        await using var infrastructure = await StartAsync(fault);

        var message = await FailToKeepAsync(infrastructure, fault);

        infrastructure.IncomingFiles().ShouldBeEmpty();
        infrastructure.LargeContents().ShouldBeEmpty();
        (await infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_commit_that_was_made_though_it_failed_keeps_the_files_where_they_are_found()
    {
        var fault = new CommitFault { After = true };
        await using var infrastructure = await StartAsync(fault);

        var message = await FailToKeepAsync(infrastructure, fault);

        await IsWholeAsync(infrastructure, message);
        await infrastructure.Database.StartAsync(CancellationToken.None);
        infrastructure.IncomingFiles().ShouldBeEmpty();
        await IsWholeAsync(infrastructure, message);
    }

    [Fact]
    public async Task When_the_database_does_not_answer_either_the_files_wait_for_the_next_start()
    {
        var fault = new CommitFault { After = true, NoAnswerAfter = true };
        await using var infrastructure = await StartAsync(fault);

        var message = await FailToKeepAsync(infrastructure, fault);

        infrastructure.IncomingFiles().Count.ShouldBe(2);
        await infrastructure.Database.StartAsync(CancellationToken.None);
        infrastructure.IncomingFiles().ShouldBeEmpty();
        await IsWholeAsync(infrastructure, message);
    }

    [Fact]
    public async Task When_the_database_does_not_answer_and_the_commit_was_not_made_the_next_start_drops_the_files()
    {
        var fault = new CommitFault { Before = true, NoAnswerAfter = true };
        await using var infrastructure = await StartAsync(fault);

        var message = await FailToKeepAsync(infrastructure, fault);

        infrastructure.IncomingFiles().Count.ShouldBe(2);
        await infrastructure.Database.StartAsync(CancellationToken.None);
        infrastructure.IncomingFiles().ShouldBeEmpty();
        infrastructure.LargeContents().ShouldBeEmpty();
        (await infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None)).ShouldBeNull();
    }

    private static Task<TestInfrastructure> StartAsync(CommitFault fault) =>
        TestInfrastructure.StartAsync(configure: options => options.InlineContentBytes = 1_000, interceptor: fault);

    private static async Task<Message> FailToKeepAsync(TestInfrastructure infrastructure, CommitFault fault)
    {
        await using var reading = await infrastructure.ReadAsync(TestMessages.WithFile(50_000));
        var message = TestMessages.Receive(reading.Memo);
        fault.Armed = true;
        await Should.ThrowAsync<SqliteException>(() => infrastructure.Messages.AddAsync(message, reading.Contents, CancellationToken.None));
        (fault.Armed, fault.Silent) = (false, false);
        return message;
    }

    private static async Task IsWholeAsync(TestInfrastructure infrastructure, Message message)
    {
        var found = (await infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None)).ShouldNotBeNull();
        foreach (var content in found.Files.Where(file => file.InXml is null).Select(file => file.Content).Append(found.Xml))
            (await infrastructure.BytesAsync(content)).Length.ShouldBe((int)content.Length);
    }

    /// <summary>Fails a commit before or after SQLite has made it, and then, perhaps, every connection.</summary>
    private sealed class CommitFault : IDbTransactionInterceptor, IDbConnectionInterceptor
    {
        public bool Armed { get; set; }

        public bool Silent { get; set; }

        public bool Before { get; init; }

        public bool After { get; init; }

        public bool NoAnswerAfter { get; init; }

        public ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            Armed && Before ? throw Fail() : new(result);

        public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            Armed && After ? throw Fail() : Task.CompletedTask;

        public ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            Silent ? throw Fail() : new(result);

        private SqliteException Fail()
        {
            Silent = NoAnswerAfter;
            return new SqliteException("disk I/O error", SQLitePCL.raw.SQLITE_IOERR);
        }
    }
}
