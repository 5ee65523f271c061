using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage;
using PostModtag.Infrastructure.Storage.Sqlite;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>What came in while one commit waited is kept by one commit, and each write is whole or not at all by itself.</summary>
[Trait("Database", "SQLite")]
public sealed class GroupWriterTests : IAsyncLifetime
{
    private readonly Commits _commits = new();
    private readonly TaskCompletionSource _go = new();
    private TestInfrastructure _infrastructure = null!;

    private DatabaseWriter Writer => _infrastructure.Services.GetRequiredService<DatabaseWriter>();

    public async Task InitializeAsync()
    {
        _infrastructure = await TestInfrastructure.StartAsync(interceptor: _commits);
        _commits.Made = 0;
    }

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Fact]
    public async Task What_waits_is_kept_by_one_commit_and_nobody_hears_of_it_before()
    {
        List<Task<int>> writes = [await HeldUpAsync(0)];
        writes.AddRange(Enumerable.Range(1, 9).Select(number => AddAsync(number)));
        var heardBefore = -1;
        _commits.Before = () => heardBefore = writes.Skip(1).Count(write => write.IsCompleted);

        _go.SetResult();

        (await Task.WhenAll(writes)).ShouldAllBe(rows => rows == 1);
        // The first was written alone; the others came meanwhile.
        (_commits.Made, heardBefore).ShouldBe((2, 0));
        (await KeptAsync()).ShouldBe(Enumerable.Range(0, 10));
    }

    [Fact]
    public async Task However_many_wait_a_commit_comes_after_64_of_them()
    {
        List<Task<int>> writes = [await HeldUpAsync(0)];
        writes.AddRange(Enumerable.Range(1, 128).Select(number => AddAsync(number)));
        _go.SetResult();

        await Task.WhenAll(writes);

        _commits.Made.ShouldBe(3);
        (await KeptAsync()).Count.ShouldBe(129);
    }

    [Fact]
    public async Task One_that_comes_alone_is_made_in_the_pool_and_many_on_a_thread_of_their_own()
    {
        Task<string?> WhereAsync() => Writer.WriteAsync(_ => Task.FromResult(Thread.CurrentThread.IsThreadPoolThread ? "pool" : Thread.CurrentThread.Name), CancellationToken.None);
        (await WhereAsync()).ShouldBe("pool");
        var first = await HeldUpAsync(0);
        var others = Enumerable.Range(0, 9).Select(_ => WhereAsync()).ToList();
        _go.SetResult();

        (await Task.WhenAll(others)).ShouldAllBe(where => where == "Write");
        await first;
    }

    [Fact]
    public async Task One_that_fails_takes_no_other_with_it_and_leaves_nothing_of_its_own()
    {
        var first = await HeldUpAsync(0);
        var failed = Writer.TransactAsync(
            async database =>
            {
                await AddAsync(database, 1);
                throw new InvalidOperationException("after it had written");
#pragma warning disable CS0162 // Says what it would return.
                return 0;
#pragma warning restore CS0162
            },
            CancellationToken.None);
        var unsaved = Writer.WriteAsync<int>(
            database =>
            {
                database.Add(Entry(2));
                throw new InvalidOperationException("with something unsaved");
            },
            CancellationToken.None);
        var last = AddAsync(3);
        _go.SetResult();

        (await Should.ThrowAsync<InvalidOperationException>(() => failed)).Message.ShouldBe("after it had written");
        (await Should.ThrowAsync<InvalidOperationException>(() => unsaved)).Message.ShouldBe("with something unsaved");
        await Task.WhenAll(first, last);
        (await KeptAsync()).ShouldBe([0, 3]);
        _commits.Made.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_was_called_off_while_it_waited_is_not_made()
    {
        using var callOff = new CancellationTokenSource();
        var first = await HeldUpAsync(0);
        var calledOff = AddAsync(1, callOff.Token);
        var last = AddAsync(2);
        await callOff.CancelAsync();
        _go.SetResult();

        await Should.ThrowAsync<OperationCanceledException>(() => calledOff);
        await Task.WhenAll(first, last);
        (await KeptAsync()).ShouldBe([0, 2]);
    }

    [Fact]
    public async Task A_commit_that_fails_is_told_to_all_that_were_in_it_and_the_next_is_made()
    {
        List<Task<int>> writes = [await HeldUpAsync(0), AddAsync(1), AddAsync(2)];
        _commits.Before = () => throw new SqliteException("disk I/O error", SQLitePCL.raw.SQLITE_IOERR);
        _go.SetResult();

        foreach (var write in writes)
            await Should.ThrowAsync<SqliteException>(() => write);
        _commits.Before = null;

        await AddAsync(3);
        (await KeptAsync()).ShouldBe([3]);
    }

    [Fact]
    public async Task A_database_that_does_not_open_is_told_to_each_that_waits_and_writing_goes_on_when_it_is_back()
    {
        // A commit that fails closes the connection, and the next write opens another.
        _commits.Before = () => throw new SqliteException("disk I/O error", SQLitePCL.raw.SQLITE_IOERR);
        await Should.ThrowAsync<SqliteException>(() => AddAsync(0));
        _commits.Before = null;
        _commits.Opening = () => throw new SqliteException("unable to open database file", SQLitePCL.raw.SQLITE_CANTOPEN);
        foreach (var write in Enumerable.Range(0, 5).Select(number => AddAsync(number)).ToList())
            await Should.ThrowAsync<SqliteException>(() => write);
        _commits.Opening = null;

        await AddAsync(5);
        (await KeptAsync()).ShouldBe([5]);
    }

    [Fact]
    public async Task One_that_breaks_a_constraint_at_once_takes_no_other_with_it_and_none_is_made_twice()
    {
        var first = await HeldUpAsync(0);
        var (a, again, b) = (new Counted("a"), new Counted("a"), new Counted("b"));
        Task<int>[] writes = [ExecuteAsync(a), ExecuteAsync(again), ExecuteAsync(b)];
        _go.SetResult();

        await Task.WhenAll(first, writes[0], writes[2]);
        (await Should.ThrowAsync<SqliteException>(() => writes[1])).SqliteErrorCode.ShouldBe(SQLitePCL.raw.SQLITE_CONSTRAINT);
        (a.Made, again.Made, b.Made).ShouldBe((1, 1, 1));
        (await ContentsAsync()).ShouldBe(["a", "b"]);
        _commits.Made.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_fails_midway_has_the_others_made_again_and_nothing_is_there_twice_or_in_part()
    {
        var first = await HeldUpAsync(0);
        var (a, b) = (new Counted("a"), new Counted("b"));
        var midway = new Counted("midway") { Then = () => throw new InvalidOperationException("after it had written") };
        Task<int>[] writes = [ExecuteAsync(a), ExecuteAsync(midway), ExecuteAsync(b)];
        _go.SetResult();

        await Task.WhenAll(first, writes[0], writes[2]);
        (await Should.ThrowAsync<InvalidOperationException>(() => writes[1])).Message.ShouldBe("after it had written");
        (a.Made, midway.Made, b.Made).ShouldBe((2, 2, 1));
        (await ContentsAsync()).ShouldBe(["a", "b"]);
        _commits.Made.ShouldBe(2);

        // Each has the bytes that were appended once.
        var folder = _infrastructure.Services.GetRequiredService<DataFolder>();
        foreach (var written in new[] { a, b })
            ContentPacks.Read(folder, written.Content.Place, written.Content.Bytes.Length).ShouldBe(written.Content.Bytes.ToArray());
        ContentPacks.Read(folder, midway.Content.Place, midway.Content.Bytes.Length).ShouldAllBe(each => each == 0);
    }

    [Fact]
    public async Task What_may_not_be_made_again_is_made_once_whoever_fails_beside_it()
    {
        var first = await HeldUpAsync(0);
        var (once, midway) = (new Counted("once"), new Counted("midway") { Then = () => throw new InvalidOperationException("after it had written") });
        Task<int>[] writes = [ExecuteAsync(once, canBeMadeAgain: false), ExecuteAsync(midway)];
        _go.SetResult();

        await Task.WhenAll(first, writes[0]);
        await Should.ThrowAsync<InvalidOperationException>(() => writes[1]);
        (once.Made, midway.Made).ShouldBe((1, 1));
        (await ContentsAsync()).ShouldBe(["once"]);
    }

    /// <summary>Has begun to write, and ends when it may go on; all others wait behind it.</summary>
    private async Task<Task<int>> HeldUpAsync(int number)
    {
        var begun = new TaskCompletionSource();
        var write = Writer.WriteAsync(
            async database =>
            {
                begun.SetResult();
                await _go.Task;
                return await AddAsync(database, number);
            },
            CancellationToken.None);
        await begun.Task;
        return write;
    }

    private Task<int> AddAsync(int number, CancellationToken cancellationToken = default) => Writer.WriteAsync(database => AddAsync(database, number), cancellationToken);

    private Task<int> ExecuteAsync(Counted counted, bool canBeMadeAgain = true) => ((GroupWriter)Writer).ExecuteAsync(
        [counted.Content], canBeMadeAgain,
        database =>
        {
            counted.Made++;
            counted.Content.IsTaken = true;
            var rows = database.Statements.Execute($"""INSERT INTO "{ContentRow.Table}" ("Sha256", "Length", "References") VALUES ($1, 1, 1)""", counted.Content.Reference.Sha256);
            counted.Then?.Invoke();
            return rows;
        },
        CancellationToken.None);

    private static Task<int> AddAsync(PostModtagDbContext database, int number)
    {
        database.Add(Entry(number));
        return database.SaveChangesAsync();
    }

    private static AuditEntry Entry(int number) => new(TestMessages.Now, "prøve", AuditAction.DraftSaved, null, null, $"{number}");

    private async Task<IReadOnlyList<int>> KeptAsync()
    {
        await using var database = await _infrastructure.Databases.CreateDbContextAsync();
        return [.. (await database.AuditEntries.OrderBy(entry => entry.Id).ToListAsync()).Select(entry => int.Parse(entry.Detail))];
    }

    private async Task<IReadOnlyList<string>> ContentsAsync()
    {
        await using var database = await _infrastructure.Databases.CreateDbContextAsync();
        return await database.Contents.OrderBy(content => content.Sha256).Select(content => content.Sha256).ToListAsync();
    }

    /// <summary>A write with a content, and how often it was made.</summary>
    private sealed class Counted(string name)
    {
        public PackedContent Content { get; } = new(new ContentReference(name, name.Length), System.Text.Encoding.UTF8.GetBytes(name));

        public int Made { get; set; }

        public Action? Then { get; init; }
    }

    /// <summary>Counts commits, and lets the test do something before one, or in the place of one.</summary>
    private sealed class Commits : IDbTransactionInterceptor, IDbConnectionInterceptor
    {
        public int Made { get; set; }

        public Action? Before { get; set; }

        public Action? Opening { get; set; }

        public ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            Before?.Invoke();
            Made++;
            return new(result);
        }

        public ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            Opening?.Invoke();
            return new(result);
        }
    }
}
