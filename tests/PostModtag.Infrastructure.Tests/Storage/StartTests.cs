using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PostModtag.Infrastructure.Storage;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>How the storage starts, and how it refuses to.</summary>
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
