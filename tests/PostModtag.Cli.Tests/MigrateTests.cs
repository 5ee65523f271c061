using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Nodes;

/// <summary>The program itself moves a data folder to PostgreSQL, as an operator has it do.</summary>
[Trait("Database", "SQLite")]
public sealed class MoveCommandTests : IDisposable
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
            using var set = await server.CallAsync("PUT", "fagsystemer/esdh/credential", """{"scheme":"Bearer","token":"opdigtet"}""");
            await server.PublishAsync(Setup.Rules(Setup.Rule("Alt", "esdh")));
            before = await server.ReceiveAsync(memo);
        }

        using (var move = Move(("PostModtag__PostgreSql", _database)))
        {
            (await move.EndAsync()).ShouldBe(0, move.Errors);
            move.Output.ShouldContain("Messages: 1 rows, the same on both sides");
            move.Output.TrimEnd().ShouldEndWith("Moved. Set PostModtag:PostgreSql for the server, and start it.");
        }

        await using var moved = await TestServer.StartAsync(dataFolder: _folder, settings: $"--PostModtag:PostgreSql={_database}");
        var after = (await moved.Messages.GetMessageAsync(memo.Uuid)).Result;
        after.Receipt!.TransmissionId.ShouldBe(before.Receipt!.TransmissionId);
        after.Routing!.Rule.ShouldBe("Alt");
        (await moved.Client.GetByteArrayAsync($"messages/{memo.Uuid}/xml")).ShouldBe(memo.ToBytes());
        (await moved.ReceiveAsync(new TestMemo())).Summary.State.ShouldBe(MessageState.ACCEPTED);
        fagsystem.Calls.Select(call => call.Header("Authorization")).ShouldBe(["Bearer opdigtet", "Bearer opdigtet"]);
    }

    [Fact]
    public async Task A_move_that_cannot_be_made_ends_with_1_and_says_why()
    {
        using var move = Move();

        (await move.EndAsync()).ShouldBe(1);

        move.Errors.Trim().ShouldBe("Not moved. Say where to: set PostModtag:PostgreSql to the connection string of an empty PostgreSQL database.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ServerProcess Move(params (string Name, string Value)[] environment) => ServerProcess.Start(
        Path.Combine(AppContext.BaseDirectory, "PostModtag.Api.dll"),
        new Dictionary<string, string>(environment.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))) { ["PostModtag__DataFolder"] = _folder },
        "move");
}
