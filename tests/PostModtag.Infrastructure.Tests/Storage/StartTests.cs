using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PostModtag.Infrastructure.Storage;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>How the storage starts, and how it refuses to.</summary>
[Trait("Database", "SQLite")]
public sealed class StartTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("postmodtag-start-").FullName;

    private string DataFolder => Path.Combine(_parent, "data");

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_with_a_sentence_that_says_what_to_do()
    {
        await using var first = await TestInfrastructure.StartAsync(DataFolder);
        await using var second = new TestInfrastructure(DataFolder);

        var refusal = await Should.ThrowAsync<StorageUnavailableException>(second.StartAsync);

        refusal.Message.ShouldBe($"Another PostModtag server uses the data folder {DataFolder}. Stop it, or set PostModtag:DataFolder to another folder.");
    }

    [Fact]
    public async Task When_the_first_server_has_ended_the_next_one_starts()
    {
        await (await TestInfrastructure.StartAsync(DataFolder)).DisposeAsync();

        await using var second = await TestInfrastructure.StartAsync(DataFolder);

        Directory.Exists(second.Folder.Path).ShouldBeTrue();
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_refused_with_a_sentence_that_names_the_setting()
    {
        await File.WriteAllTextAsync(DataFolder, "a file in the way");
        await using var infrastructure = new TestInfrastructure(DataFolder);

        var refusal = await Should.ThrowAsync<StorageUnavailableException>(infrastructure.StartAsync);

        refusal.Message.ShouldStartWith($"The data folder {DataFolder} cannot be written: ");
        refusal.Message.ShouldEndWith("Give the server's user write access, or set PostModtag:DataFolder to another folder.");
    }

    [Fact]
    public async Task A_migration_lock_that_a_crash_left_does_not_hold_up_the_start()
    {
        await using (var first = await TestInfrastructure.StartAsync(DataFolder))
        {
            await using var database = await first.Databases.CreateDbContextAsync();
            await database.Database.ExecuteSqlAsync($"""
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2026-11-23 10:15:30+00:00');
                """);
        }

        var start = TestInfrastructure.StartAsync(DataFolder);

        // With the row in place a migration waits for ever.
        await using var second = await start.WaitAsync(TimeSpan.FromSeconds(20));
        await second.KeepAsync(new TestMemo());
    }

    [Fact]
    public async Task The_folders_are_for_the_user_of_the_server_only()
    {
        await using var infrastructure = await TestInfrastructure.StartAsync(DataFolder);
        if (OperatingSystem.IsWindows())
            return;

        foreach (var folder in new[] { DataFolder, infrastructure.Folder.Contents, infrastructure.Folder.Incoming })
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder);
    }

    [Fact]
    public async Task A_folder_that_was_there_and_open_to_all_is_for_the_user_of_the_server_only()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode All = (UnixFileMode)0b111_111_111;
        foreach (var folder in new[] { DataFolder, Path.Combine(DataFolder, "contents"), Path.Combine(DataFolder, "incoming") })
            File.SetUnixFileMode(Directory.CreateDirectory(folder).FullName, All);
        foreach (var file in new[] { "postmodtag.db", "lock" })
        {
            await File.WriteAllTextAsync(Path.Combine(DataFolder, file), "");
            File.SetUnixFileMode(Path.Combine(DataFolder, file), All);
        }

        await using var infrastructure = await TestInfrastructure.StartAsync(DataFolder);
        await infrastructure.KeepAsync(TestMessages.WithFile(200_000));

        foreach (var folder in new[] { DataFolder, infrastructure.Folder.Contents, infrastructure.Folder.Incoming, infrastructure.Folder.Packs })
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder);
        var files = Directory.GetFiles(DataFolder, "*", SearchOption.AllDirectories);
        var keys = Directory.GetFiles(Path.Combine(DataFolder, "keys"));
        keys.ShouldHaveSingleItem();
        files.Except(keys).Select(file => Path.GetFileName(file)).ShouldBeSubsetOf(["lock", "postmodtag.db", "postmodtag.db-shm", "postmodtag.db-wal", "00000001", .. infrastructure.LargeContents()]);
        files.Length.ShouldBeGreaterThanOrEqualTo(7);
        foreach (var file in files)
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("postmodtag.db")]
    public async Task A_file_that_the_server_may_not_open_is_refused_with_a_sentence_that_names_the_setting(string file)
    {
        // A folder in its place is answered as a file of another user is, also to root.
        Directory.CreateDirectory(Path.Combine(DataFolder, file));
        await using var infrastructure = new TestInfrastructure(DataFolder);

        var refusal = await Should.ThrowAsync<StorageUnavailableException>(infrastructure.StartAsync);

        refusal.Message.ShouldStartWith($"The data folder {DataFolder} cannot be written: ");
    }

    [Fact]
    public async Task A_commit_is_on_disk_when_it_returns_on_every_connection()
    {
        await using var infrastructure = await TestInfrastructure.StartAsync(DataFolder);
        var open = new List<PostModtagDbContext>();
        for (var i = 0; i < 3; i++)
        {
            var database = await infrastructure.Databases.CreateDbContextAsync();
            open.Add(database);
            if (i == 0)
                database.Database.OpenConnection();
            else
                await database.Database.OpenConnectionAsync();
            (await PragmaAsync(database, "journal_mode")).ShouldBe("wal");
            (await PragmaAsync(database, "synchronous")).ShouldBe(2L, "FULL");
            (await PragmaAsync(database, "foreign_keys")).ShouldBe(1L);
        }

        foreach (var database in open)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task The_migrations_are_those_of_the_model()
    {
        await using var infrastructure = await TestInfrastructure.StartAsync(DataFolder);
        await using var database = await infrastructure.Databases.CreateDbContextAsync();

        database.Database.HasPendingModelChanges().ShouldBeFalse();
        (await database.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_storage_is_ready_while_it_can_keep_a_message_and_not_else()
    {
        await using var infrastructure = await TestInfrastructure.StartAsync(DataFolder);
        var health = infrastructure.Services.GetRequiredService<HealthCheckService>();

        (await health.CheckHealthAsync()).Status.ShouldBe(HealthStatus.Healthy);
        infrastructure.IncomingFiles().ShouldBeEmpty();
        Directory.Delete(infrastructure.Folder.Incoming);
        (await health.CheckHealthAsync()).Entries["storage"].Description.ShouldBe("The storage cannot take a message: DirectoryNotFoundException.");
    }

    [Fact]
    public async Task To_say_that_it_is_ready_the_storage_writes_to_the_database()
    {
        await using var infrastructure = await TestInfrastructure.StartAsync(DataFolder);
        var health = infrastructure.Services.GetRequiredService<HealthCheckService>();
        var log = new FileInfo(infrastructure.Folder.Database + "-wal");
        for (var i = 0; i < 3; i++)
        {
            var before = log.Length;
            (await health.CheckHealthAsync()).Status.ShouldBe(HealthStatus.Healthy);
            log.Refresh();
            log.Length.ShouldBeGreaterThan(before);
        }
    }

    [Fact]
    public async Task On_a_full_disk_the_storage_is_not_ready_and_leaves_no_file()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var infrastructure = await TestInfrastructure.StartAsync(DataFolder, replace: services => services.AddSingleton<DataFolder, FullDisk>());

        var report = await infrastructure.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Entries["storage"].Description.ShouldBe("The storage cannot take a message: IOException.");
        infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private static async Task<object?> PragmaAsync(PostModtagDbContext database, string name)
    {
        await using var command = ((SqliteConnection)database.Database.GetDbConnection()).CreateCommand();
#pragma warning disable CA2100 // The names stand in this test.
        command.CommandText = $"PRAGMA {name}";
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
