using PostModtag.Contract.Administration;

namespace PostModtag.Cli.Tests;

/// <summary>A data folder is moved to PostgreSQL, as an operator has it done.</summary>
[Trait("Database", "SQLite")]
public sealed class MigrateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-move-").FullName;
    private readonly string _database = TestDatabase.Create();

    [Fact]
    public async Task What_was_received_before_the_move_is_there_after_it_and_the_server_goes_on()
    {
        var memo = new TestMemo { Files = { ("bilag.txt", "text/plain", new byte[700_000]) } };
        await using var fagsystem = await StandInFagsystem.StartAsync();
        MessageDetails before;
        await using (var server = await TestServer.StartAsync(dataFolder: _folder))
        {
            await server.Fagsystemer.RegisterFagsystemAsync(new NewFagsystem
            {
                Key = "esdh", Name = "ESDH", Owner = "Testkommunen", Kind = FagsystemKind.REST, Rest = new RestConnection { Url = fagsystem.Url },
            });
            await server.Fagsystemer.SetFagsystemCredentialAsync(new FagsystemCredential { Scheme = "Bearer", Token = "opdigtet" }, "esdh");
            await server.PublishAsync(Setup.Rules(Setup.Rule("Alt", "esdh")));
            before = await ReceiveAsync(server, memo);
        }

        var (code, output, error) = await Running.RunAsync("migrate", "--set", $"DataFolder={_folder}", "--set", $"PostgreSql={_database}");
        (code, error).ShouldBe((0, ""));
        output.ShouldContain("Messages: 1 rows, the same on both sides");
        output.TrimEnd().ShouldEndWith("Moved. Set PostModtag:PostgreSql for the server, and start it.");

        await using var moved = await TestServer.StartAsync(dataFolder: _folder, settings: $"--PostModtag:PostgreSql={_database}");
        var after = (await moved.Messages.GetMessageAsync(memo.Uuid)).Result;
        after.Receipt!.TransmissionId.ShouldBe(before.Receipt!.TransmissionId);
        after.Routing!.Rule.ShouldBe("Alt");
        (await moved.Client.GetByteArrayAsync($"messages/{memo.Uuid}/xml")).ShouldBe(memo.ToBytes());
        (await ReceiveAsync(moved, new TestMemo())).Summary.State.ShouldBe(MessageState.ACCEPTED);
        fagsystem.Calls.Select(call => call.Header("Authorization")).ShouldBe(["Bearer opdigtet", "Bearer opdigtet"]);
    }

    [Fact]
    public async Task A_move_that_cannot_be_made_ends_with_1_and_says_why()
    {
        var (code, _, error) = await Running.RunAsync("migrate", "--set", $"DataFolder={_folder}");

        code.ShouldBe(1);
        error.Trim().ShouldBe("Not moved. Say where to: set PostModtag:PostgreSql to the connection string of an empty PostgreSQL database.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<MessageDetails> ReceiveAsync(TestServer server, TestMemo memo)
    {
        using var answer = await server.PostAsync(memo.ToBytes());
        answer.EnsureSuccessStatusCode();
        return (await server.Messages.GetMessageAsync(memo.Uuid)).Result;
    }
}
