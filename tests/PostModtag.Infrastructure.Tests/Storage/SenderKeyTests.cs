using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Storage;
using PostModtag.Infrastructure.Storage;
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
    public async Task Without_the_keys_that_it_is_encrypted_with_the_server_does_not_start_and_says_what_to_bring_back()
    {
        await using (var infrastructure = await TestInfrastructure.StartAsync(DataFolder))
        {
            await infrastructure.KeepAsync(new TestMemo());
            if (TestDatabase.IsPostgreSql)
                await ExecuteAsync(infrastructure, """DELETE FROM "DataProtectionKeys" """);
            else
                Directory.Delete(Path.Combine(DataFolder, "keys"), recursive: true);
        }

        var refused = await Should.ThrowAsync<StorageUnavailableException>(() => TestInfrastructure.StartAsync(DataFolder));

        refused.Message.ShouldContain("keys/");
        refused.Message.ShouldContain("PostModtag:MasterKeyFile");
        refused.Message.ShouldContain("Bring them back from a backup");
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

    private static async Task ExecuteAsync(TestInfrastructure infrastructure, string sql)
    {
        await using var database = await infrastructure.Databases.CreateDbContextAsync();
        await database.Database.ExecuteSqlRawAsync(sql);
    }
}
