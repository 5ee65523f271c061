using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PostModtag.Cli.Tests;

/// <summary>Whatever is not as it must be is found, and said with the message or the content that it is about.</summary>
public sealed class VerifyTests : IAsyncLifetime
{
    private readonly string _parent = Directory.CreateTempSubdirectory("postmodtag-verify-").FullName;
    private readonly TestMemo _small = new();
    private readonly TestMemo _large = new();
    private readonly TestMemo _rejected = new() { SenderId = "x" };

    private string DataFolder => Path.Combine(_parent, "data");

    public async Task InitializeAsync()
    {
        _large.Files.Add(("bilag.bin", "image/png", new byte[300_000]));
        await using var server = await TestServer.StartAsync(dataFolder: DataFolder);
        foreach (var memo in new[] { _small, _large, _rejected })
            (await server.PostAsync(memo.ToBytes())).EnsureSuccessStatusCode();
    }

    public Task DisposeAsync()
    {
        TestDatabase.Drop(DataFolder);
        Directory.Delete(_parent, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task All_that_is_there_is_read_and_counted()
    {
        var (code, output, error) = await VerifyAsync();
        (code, error).ShouldBe((0, ""));
        output.ShouldEndWith($"3 contents, 3 messages with 4 files, and the records of 0 days were read: all is as it must be.{Environment.NewLine}");
        var json = JsonDocument.Parse((await Running.RunAsync(["verify", "--json", .. Running.For(DataFolder)])).Output).RootElement;
        (json.GetProperty("contents").GetInt64(), json.GetProperty("findings").GetArrayLength()).ShouldBe((3, 0));
    }

    [Theory]
    [InlineData("""UPDATE "Messages" SET "State" = 'Rejected' WHERE "MessageUuid" = '{0}'""", "Message {0} is Rejected and its receipt is Completed.")]
    [InlineData("""UPDATE "Messages" SET "State" = 'Held' WHERE "MessageUuid" = '{0}'""", "Message {0} is Held and has a final receipt.")]
    [InlineData("""UPDATE "Messages" SET "Receipt_ErrorCode" = 'X' WHERE "MessageUuid" = '{0}'""", "Message {0} has the receipt Completed with an errorCode.")]
    [InlineData("""UPDATE "Messages" SET "TransmissionId" = '00000000-0000-0000-0000-000000000001' WHERE "MessageUuid" = '{0}'""", "Message {0} has a receipt with another messageUUID or transmissionId.")]
    [InlineData("""DELETE FROM "DeliveryAttempts" WHERE "MessageId" = (SELECT "Id" FROM "Messages" WHERE "MessageUuid" = '{0}')""", "Message {0} has the receipt Completed, and no fagsystem is known to have accepted it.")]
    [InlineData("""UPDATE "MessageFiles" SET "Content_Sha256" = 'ab' WHERE "Number" = 1""", "File 1 of message {0} is damaged: its bytes have another SHA-256")]
    [InlineData("""INSERT INTO "Outbox" ("MessageUuid", "CreatedAt", "State", "Attempts", "TryingSince", "NextAttemptAt", "Revision") VALUES ('00000000-0000-0000-0000-000000000001', 1, 'Taken', 1, 1, 1, 1)""", "An entry of the outbox is of message 00000000-0000-0000-0000-000000000001, which is not there.")]
    [InlineData("""UPDATE "Contents" SET "References" = 7""", "is said to belong to 7 messages, and belongs to 1.")]
    [InlineData("""UPDATE "Messages" SET "ContentsDeletedAt" = 1 WHERE "MessageUuid" = '{0}'""", "belongs to no message.")]
    [InlineData("""DELETE FROM "Contents" """, "Message {0} has lost its XML: the content ")]
    public async Task What_is_changed_in_the_database_is_found(string sql, string finding)
    {
        // SQLite has UUIDs as text in upper case.
        var uuid = TestDatabase.IsPostgreSql ? _small.MessageUuid : _small.MessageUuid.ToUpperInvariant();
        TestDatabase.Execute(DataFolder, sql.Replace("{0}", uuid, StringComparison.Ordinal));

        var (code, output, _) = await VerifyAsync();

        code.ShouldBe(1);
        output.ShouldContain(finding.Replace("{0}", _small.MessageUuid, StringComparison.Ordinal));
        output.ShouldContain(" not as they must be.");
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task What_belongs_to_a_message_that_is_not_there_is_found()
    {
        // PostgreSQL lets no such row in, whoever writes it.
        TestDatabase.Execute(DataFolder, """PRAGMA foreign_keys = OFF; UPDATE "DeliveryAttempts" SET "MessageId" = "MessageId" + 99""");

        var (code, output, _) = await VerifyAsync();

        code.ShouldBe(1);
        output.ShouldContain("A row of the table DeliveryAttempts belongs to one that is not there.");
    }

    [Theory]
    [Trait("Database", "SQLite")]
    [InlineData("packs", true, "is damaged: its bytes have another SHA-256")]
    [InlineData("contents", true, "is damaged: its bytes have another SHA-256")]
    [InlineData("packs", false, "cannot be read: ")]
    [InlineData("contents", false, "cannot be read: ")]
    public async Task A_file_that_is_damaged_or_gone_is_found(string folder, bool isDamaged, string finding)
    {
        var file = Directory.EnumerateFiles(Path.Combine(DataFolder, folder), "*", SearchOption.AllDirectories).First();
        if (isDamaged)
        {
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[^20] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
        }
        else
        {
            File.Delete(file);
        }

        var (code, output, _) = await VerifyAsync();
        code.ShouldBe(1);
        output.ShouldContain(finding);
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_file_that_nobody_knows_is_found()
    {
        var file = Path.Combine(DataFolder, "contents", "ab", "abcdef");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "");

        (await VerifyAsync()).Output.ShouldContain($"The file {file} belongs to no message.");
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_database_file_that_is_damaged_is_found()
    {
        const int Page = 4_096;

        // Else what stands in the write-ahead log hides what is in the file.
        SqliteConnection.ClearAllPools();
        var file = Path.Combine(DataFolder, "postmodtag.db");
        long page;
        await using (var database = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await database.OpenAsync();
            await using var ask = database.CreateCommand();
            ask.CommandText = "SELECT rootpage FROM sqlite_master WHERE name = 'IX_Messages_MessageUuid'";
            page = (long)(await ask.ExecuteScalarAsync())!;
        }

        await using (var bytes = new FileStream(file, FileMode.Open, FileAccess.ReadWrite))
        {
            bytes.Position = (page - 1) * Page;
            bytes.Write(new byte[Page]);
        }

        var (code, output, error) = await VerifyAsync();
        code.ShouldBe(1);
        (output + error).ShouldContain("damaged");
    }

    [Fact]
    public async Task Where_there_is_nothing_it_says_so()
    {
        var (code, output, error) = await Running.RunAsync(["verify", .. Running.For(Path.Combine(_parent, "none"))]);
        (code, output).ShouldBe((1, ""));
        error.ShouldContain(TestDatabase.IsPostgreSql ? "is empty: no server has used it." : "There is no database in the data folder ");
    }

    private Task<(int Code, string Output, string Error)> VerifyAsync() => Running.RunAsync(["verify", .. Running.For(DataFolder)]);
}
