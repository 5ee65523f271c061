using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>From SQLite to PostgreSQL: whole, checked, and on from where it was broken off.</summary>
[Trait("Database", "SQLite")]
public sealed class MoveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-move-").FullName;
    private readonly string _database = TestDatabase.Create();

    [Fact]
    public async Task Wherever_it_is_broken_off_it_goes_on_from_there_until_all_is_there()
    {
        var messages = await FillAsync();
        var fault = new CommitFault();
        var attempts = 0;
        for (var moved = false; !moved; attempts++)
        {
            // Every commit fails once before it is made, and once after.
            (fault.Left, fault.IsAfter) = (attempts / 2, attempts % 2 == 1);
            await using var infrastructure = Node(fault);
            moved = await TryMoveAsync(infrastructure);
        }

        attempts.ShouldBeGreaterThan(8);
        await using var node = Node();
        await node.StartAsync();
        foreach (var message in messages)
        {
            var found = (await node.Messages.FindAsync(message.MessageUuid, CancellationToken.None)).ShouldNotBeNull();
            (found.Id, found.TransmissionId, found.Xml).ShouldBe((message.Id, message.TransmissionId, message.Xml));
            foreach (var content in found.Files.Where(file => file.InXml is null).Select(file => file.Content).Append(found.Xml))
                (await node.BytesAsync(content)).Length.ShouldBe((int)content.Length);
        }

        (await node.KeepAsync(new TestMemo())).Id.ShouldBe(messages.Max(message => message.Id) + 1);
    }

    [Fact]
    public async Task What_was_moved_is_not_used_any_more_and_is_not_moved_again()
    {
        await FillAsync();
        var lines = new List<string>();
        await using (var first = Node())
            await MoveAsync(first, lines);
        lines.ShouldContain("Messages: 6 rows, the same on both sides");
        lines.ShouldContain("3 large contents read again, each as its SHA-256 tells");

        await using (var old = new TestInfrastructure(_folder))
            (await Should.ThrowAsync<StorageUnavailableException>(old.StartAsync)).Message.ShouldStartWith($"Everything in the data folder {_folder} was moved to PostgreSQL.");
        await using var again = Node();
        lines.Clear();
        await MoveAsync(again, lines);
        lines.ShouldBe(["All of it was moved before."]);
    }

    [Fact]
    public async Task A_server_does_not_start_on_what_is_half_moved()
    {
        await FillAsync();
        await using (var broken = Node())
            await Should.ThrowAsync<IOException>(() => MoveAsync(broken, [], breakOffAt: "Messages:"));

        await using var node = Node();
        (await Should.ThrowAsync<StorageUnavailableException>(node.StartAsync)).Message.ShouldStartWith($"A move from the data folder {_folder} to this database ");
    }

    [Fact]
    public async Task A_database_that_is_in_use_is_not_moved_to()
    {
        await FillAsync();
        await using (var other = Node(folder: Path.Combine(_folder, "other")))
        {
            await other.StartAsync();
            await other.KeepAsync(new TestMemo());
        }

        await using var node = Node();
        (await Should.ThrowAsync<InvalidOperationException>(() => MoveAsync(node, []))).Message.ShouldEndWith(" is not empty: a server has used it. Move to an empty one.");
    }

    [Fact]
    public async Task A_damaged_file_and_a_missing_one_are_found_and_named()
    {
        var large = (await FillAsync()).First(message => message.Files.Count > 1).Files[1].Content;
        var file = Path.Combine(_folder, "contents", large.Sha256[..2], large.Sha256);
        var bytes = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        await using (var node = Node())
            (await Should.ThrowAsync<InvalidOperationException>(() => MoveAsync(node, []))).Message.ShouldStartWith($"The content {large.Sha256} is not in ");

        bytes[1_000] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        await using (var node = Node())
            (await Should.ThrowAsync<InvalidOperationException>(() => MoveAsync(node, []))).Message.ShouldStartWith($"The content {large.Sha256} is another one in PostgreSQL.");
    }

    [Fact]
    public async Task A_row_that_differs_is_found()
    {
        await FillAsync();
        await using (var broken = Node())
            await Should.ThrowAsync<IOException>(() => MoveAsync(broken, [], breakOffAt: "MessageFiles:"));
        TestDatabase.ExecuteOn(_database, """UPDATE "Messages" SET "ReceivedAt" = "ReceivedAt" + 1 WHERE "Id" = 2""");

        await using var node = Node();
        (await Should.ThrowAsync<InvalidOperationException>(() => MoveAsync(node, []))).Message.ShouldStartWith("The table Messages has 6 rows in the data folder and 6 in PostgreSQL, or they differ.");
    }

    [Fact]
    public async Task Without_a_database_to_move_to_or_from_it_says_what_to_set()
    {
        await using (var nowhere = new TestInfrastructure(_folder))
            (await Should.ThrowAsync<InvalidOperationException>(() => MoveAsync(nowhere, []))).Message.ShouldStartWith("Say where to: set PostModtag:PostgreSql ");
        await using var nothing = Node();
        (await Should.ThrowAsync<InvalidOperationException>(() => MoveAsync(nothing, []))).Message.ShouldBe($"There is no database in the data folder {_folder}. Set PostModtag:DataFolder to the folder that is to be moved.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task MoveAsync(TestInfrastructure infrastructure, List<string> lines, string? breakOffAt = null) =>
        infrastructure.Services.GetRequiredService<IDatabaseMove>().RunAsync(new Lines(lines, breakOffAt), CancellationToken.None);

    private static async Task<bool> TryMoveAsync(TestInfrastructure infrastructure)
    {
        try
        {
            await MoveAsync(infrastructure, []);
            return true;
        }
        catch (Exception exception) when (exception is IOException or DbUpdateException { InnerException: IOException })
        {
            return false;
        }
    }

    /// <summary>Messages of every kind: small, with files, with the same file twice, rejected.</summary>
    private async Task<IReadOnlyList<Message>> FillAsync()
    {
        await using var source = await TestInfrastructure.StartAsync(_folder);
        var messages = new List<Message>();
        for (var i = 0; i < 3; i++)
            messages.Add(await source.KeepAsync(new TestMemo { Label = $"Æøå {i} 💌" }, before: message => message.RouteTo("indbakke")));
        for (var i = 0; i < 2; i++)
            messages.Add(await source.KeepAsync(TestMessages.WithFile(1_200_000)));
        messages.Add(await source.KeepAsync(new TestMemo(), before: message => message.Reject(Rejection.For(ReceiptError.BodyMissing), TestMessages.Now)));
        return messages;
    }

    private TestInfrastructure Node(IInterceptor? interceptor = null, string? folder = null) =>
        new(folder ?? _folder, options => options.PostgreSql = _database, interceptor);

    private sealed class Lines(List<string> lines, string? breakOffAt) : IProgress<string>
    {
        public void Report(string value)
        {
            if (breakOffAt is not null && value.StartsWith(breakOffAt, StringComparison.Ordinal))
                throw new IOException("Broken off.");
            lines.Add(value);
        }
    }

    /// <summary>Lets so many commits through, and fails the next one before or after it is made.</summary>
    private sealed class CommitFault : DbTransactionInterceptor
    {
        public int Left { get; set; }

        public bool IsAfter { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            !IsAfter && transaction is NpgsqlTransaction && Left-- == 0 ? throw new IOException("Broken off.") : new(result);

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            IsAfter && transaction is NpgsqlTransaction && Left-- == 0 ? throw new IOException("Broken off.") : Task.CompletedTask;
    }
}
