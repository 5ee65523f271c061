using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>A sender's messages are found by a keyed hash of the id, and the id stands in no column that is looked in or listed.</summary>
public sealed class SenderKeyTests : IDisposable
{
    private const string Cpr = "0113701234";

    private readonly string _root = Directory.CreateTempSubdirectory("postmodtag-senders-").FullName;

    private string DataFolder => Path.Combine(_root, "data");

    [Fact]
    public async Task A_citizens_messages_are_found_by_their_number_and_no_column_beside_the_message_has_it()
    {
        await using var infrastructure = await TestInfrastructure.StartAsync();
        var message = await infrastructure.KeepAsync(new TestMemo { SenderId = Cpr });
        await infrastructure.KeepAsync(new TestMemo { SenderId = "0113701235" });

        (await FoundAsync(infrastructure, Cpr)).ShouldBe([message.Id]);
        (await FoundAsync(infrastructure, "011370-xxxx")).ShouldBeEmpty();
        var columns = await ColumnsAsync(infrastructure, message.Id);
        columns.ShouldContainKey("Summary_SenderKey");
        columns.Where(column => column.Key != "Memo").ShouldAllBe(column => !column.Value.Contains(Cpr, StringComparison.Ordinal));
        columns["Memo"].ShouldContain(Cpr);
        columns["Summary_SenderId"].ShouldBe("011370-xxxx");
        message.Memo!.MessageHeader.Sender.SenderID.ShouldBe(Cpr);
    }

    [Fact]
    public async Task The_key_is_the_databases_own_and_stays()
    {
        await using var other = await TestInfrastructure.StartAsync();
        var others = await KeyAsync(other, (await other.KeepAsync(new TestMemo { SenderId = Cpr })).Id);
        long id;
        await using (var infrastructure = await TestInfrastructure.StartAsync(DataFolder))
        {
            id = (await infrastructure.KeepAsync(new TestMemo { SenderId = Cpr })).Id;
            (await KeyAsync(infrastructure, id)).ShouldNotBe(others);
        }

        await using var restarted = await TestInfrastructure.StartAsync(DataFolder);
        (await FoundAsync(restarted, Cpr)).ShouldBe([id]);
    }

    [Fact]
    public async Task Messages_from_before_there_were_keys_have_theirs_after_a_start()
    {
        var ids = new List<long>();
        await using (var infrastructure = await TestInfrastructure.StartAsync(DataFolder))
        {
            for (var i = 0; i < 3; i++)
                ids.Add((await infrastructure.KeepAsync(new TestMemo { SenderId = Cpr })).Id);
            await ExecuteAsync(infrastructure, $"""UPDATE "Messages" SET "Summary_SenderKey" = NULL, "Summary_SenderId" = '{Cpr}' WHERE "Id" > {ids[0]}""");
            (await FoundAsync(infrastructure, Cpr)).ShouldBe([ids[0]]);
        }

        await using var restarted = await TestInfrastructure.StartAsync(DataFolder);
        (await FoundAsync(restarted, Cpr)).ShouldBe([ids[2], ids[1], ids[0]]);
        (await ColumnsAsync(restarted, ids[2]))["Summary_SenderId"].ShouldBe("011370-xxxx");
    }

    [Fact]
    public async Task While_the_keys_are_gone_that_it_is_encrypted_with_messages_are_kept_and_once_they_are_back_found()
    {
        long before;
        await using (var infrastructure = await TestInfrastructure.StartAsync(DataFolder))
        {
            before = (await infrastructure.KeepAsync(new TestMemo { SenderId = Cpr })).Id;
            await HideKeysAsync(infrastructure);
        }

        long meanwhile;
        await using (var without = await TestInfrastructure.StartAsync(DataFolder))
        {
            meanwhile = (await without.KeepAsync(new TestMemo { SenderId = Cpr })).Id;
            (await FoundAsync(without, Cpr)).ShouldBeEmpty();
            (await ColumnsAsync(without, meanwhile))["Summary_SenderId"].ShouldBe("011370-xxxx");
            await BringKeysBackAsync(without);
        }

        await using var restarted = await TestInfrastructure.StartAsync(DataFolder);
        (await FoundAsync(restarted, Cpr)).ShouldBe([meanwhile, before]);
    }

    [Fact]
    public async Task When_they_are_lost_for_good_what_the_docs_say_makes_a_new_one_for_all_messages()
    {
        long id;
        await using (var infrastructure = await TestInfrastructure.StartAsync(DataFolder))
        {
            id = (await infrastructure.KeepAsync(new TestMemo { SenderId = Cpr })).Id;
            await HideKeysAsync(infrastructure);
            foreach (var statement in new[] { """UPDATE "Setup" SET "SearchKey" = NULL""", """UPDATE "Messages" SET "Summary_SenderKey" = NULL""" })
            {
                (await File.ReadAllTextAsync(Repository.PathOf("docs", "operating.md"))).ShouldContain(statement);
                await ExecuteAsync(infrastructure, statement);
            }
        }

        await using var restarted = await TestInfrastructure.StartAsync(DataFolder);
        (await FoundAsync(restarted, Cpr)).ShouldBe([id]);
    }

    public void Dispose()
    {
        TestDatabase.Drop(DataFolder);
        Directory.Delete(_root, recursive: true);
    }

    private static async Task<IReadOnlyList<long>> FoundAsync(TestInfrastructure infrastructure, string sender) =>
        [.. (await infrastructure.Messages.FindPageAsync(new MessageFilter { SenderId = sender }, null, 10, CancellationToken.None)).Select(message => message.Id)];

    private static async Task<string> KeyAsync(TestInfrastructure infrastructure, long id) => (await ColumnsAsync(infrastructure, id))["Summary_SenderKey"];

    /// <summary>Every column of a message's row, as text.</summary>
    private static async Task<Dictionary<string, string>> ColumnsAsync(TestInfrastructure infrastructure, long id)
    {
        await using var database = await infrastructure.Databases.CreateDbContextAsync();
        await database.Database.OpenConnectionAsync();
        await using var command = database.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"""SELECT * FROM "Messages" WHERE "Id" = {id}""";
        await using DbDataReader row = await command.ExecuteReaderAsync();
        (await row.ReadAsync()).ShouldBeTrue();
        return Enumerable.Range(0, row.FieldCount).ToDictionary(row.GetName, i => $"{row.GetValue(i)}");
    }

    private Task HideKeysAsync(TestInfrastructure infrastructure)
    {
        if (TestDatabase.IsPostgreSql)
            return ExecuteAsync(infrastructure, """ALTER TABLE "DataProtectionKeys" RENAME TO "Hidden"; CREATE TABLE "DataProtectionKeys" (LIKE "Hidden" INCLUDING ALL)""");
        Directory.Move(Path.Combine(DataFolder, "keys"), Path.Combine(_root, "hidden"));
        return Task.CompletedTask;
    }

    private Task BringKeysBackAsync(TestInfrastructure infrastructure)
    {
        if (TestDatabase.IsPostgreSql)
            return ExecuteAsync(infrastructure, """DROP TABLE "DataProtectionKeys"; ALTER TABLE "Hidden" RENAME TO "DataProtectionKeys" """);
        Directory.Delete(Path.Combine(DataFolder, "keys"), recursive: true);
        Directory.Move(Path.Combine(_root, "hidden"), Path.Combine(DataFolder, "keys"));
        return Task.CompletedTask;
    }

    private static async Task ExecuteAsync(TestInfrastructure infrastructure, string sql)
    {
        await using var database = await infrastructure.Databases.CreateDbContextAsync();
        await database.Database.ExecuteSqlRawAsync(sql);
    }
}
