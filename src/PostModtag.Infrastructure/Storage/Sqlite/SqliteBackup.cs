using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using PostModtag.Application.Operation;
using PostModtag.Infrastructure.Storage.Backup;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// A copy of the data folder. The database is copied first, as it is at one moment; packs only grow, and large contents only come, so that
/// what it refers to is copied after it. What is deleted is not overwritten meanwhile.
/// </summary>
internal sealed class SqliteBackup(DataFolder folder, TimeProvider clock) : IBackup
{
    private const string Kind = "SQLite";
    private const string Database = "postmodtag.db";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc />
    public async Task CreateAsync(string target, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.Database))
            throw new OperationRefusedException($"There is no database in the data folder {folder.Path}. Set PostModtag:DataFolder to the folder of the server.");
        var path = BackupFolder.Create(target);
        var madeAt = clock.GetUtcNow();
        try
        {
            using var turn = await TakeContentsAsync(cancellationToken);
            await using (var database = new SqliteConnection($"Data Source={folder.Database};Mode=ReadWrite;Pooling=False"))
            {
                await database.OpenAsync(cancellationToken);
                await using var copy = database.CreateCommand();
                copy.CommandText = "PRAGMA busy_timeout = 30000; VACUUM INTO $path";
                copy.CommandTimeout = 0;
                copy.Parameters.AddWithValue("$path", Path.Combine(path, Database));
                await copy.ExecuteNonQueryAsync(cancellationToken);
            }

            progress.Report("The database is copied");
            var files = await CopyContentsAsync(path, progress, cancellationToken);
            await BackupList.WriteAsync(path, Kind, madeAt, files, cancellationToken);
            progress.Report($"{files.Count} files, {files.Sum(file => file.Length):N0} bytes, are in {path}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new OperationRefusedException($"The backup could not be made: {exception.Message} Remove {path}, and see to it.", exception);
        }
    }

    /// <inheritdoc />
    public async Task RestoreAsync(string source, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (File.Exists(folder.Database))
            throw new OperationRefusedException($"There is a database in the data folder {folder.Path}. Move that folder away, or set PostModtag:DataFolder to one that is not there yet.");
        var list = await BackupList.CheckAsync(source, progress, cancellationToken);
        if (list.Database != Kind)
            throw new OperationRefusedException($"The backup is one of {list.Database}, and the settings name no PostModtag:PostgreSql. Set it to an empty database.");
        folder.Open();
        folder.OpenFolders();
        try
        {
            // The database last: until it is there, nothing is.
            var unfinished = folder.UnfinishedName();
            foreach (var file in list.Files.OrderBy(file => file.Name == Database))
            {
                if (Path.GetFullPath(Path.Combine(folder.Path, file.Name)) is var to && !to.StartsWith(folder.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                    throw new OperationRefusedException($"The backup names a file outside of it. Do not use {source}.");
                if (File.Exists(to))
                    File.Delete(to);
                await FileCopy.CopyAsync(Path.Combine(source, file.Name), folder.Path, Path.GetRelativePath(folder.Path, file.Name == Database ? unfinished : to), null, cancellationToken);
            }

            foreach (var subfolder in Directory.EnumerateDirectories(folder.Path, "*", SearchOption.AllDirectories))
                FileSystem.SyncFolder(subfolder);
            File.Move(unfinished, folder.Database);
            FileSystem.SyncFolder(folder.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperationRefusedException($"The backup could not be brought back: {exception.Message} See to it, and run it again.", exception);
        }

        progress.Report($"All of it is in {folder.Path}");
    }

    /// <inheritdoc />
    public Task CheckAsync(string source, IProgress<string> progress, CancellationToken cancellationToken) => BackupList.CheckAsync(source, progress, cancellationToken);

    private async Task<IReadOnlyList<BackupFile>> CopyContentsAsync(string path, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var files = new List<BackupFile>();
        await using (var copy = new SqliteConnection($"Data Source={Path.Combine(path, Database)};Mode=ReadOnly;Pooling=False"))
        {
            await copy.OpenAsync(cancellationToken);
            await foreach (var pack in ReadAsync(copy, $"""SELECT "Number", "Length" FROM "{ContentPackRow.Table}" ORDER BY "Number" """, row => (Number: row.GetInt32(0), Length: row.GetInt64(1)), cancellationToken))
            {
                var from = ContentPacks.PathOf(folder, pack.Number);
                files.Add(await FileCopy.CopyAsync(from, path, Path.GetRelativePath(folder.Path, from), pack.Length, cancellationToken));
                progress.Report($"Pack {pack.Number} is copied, {pack.Length:N0} bytes");
            }

            await foreach (var sha256 in ReadAsync(copy, $"""SELECT "Sha256" FROM "{ContentRow.Table}" WHERE "Bytes" IS NULL AND "Pack" IS NULL ORDER BY "Sha256" """, row => row.GetString(0), cancellationToken))
                files.Add(await CopyContentAsync(path, sha256, cancellationToken));
        }

        foreach (var key in Directory.Exists(folder.Keys) ? Directory.EnumerateFiles(folder.Keys).Order(StringComparer.Ordinal).AsEnumerable() : [])
            files.Add(await FileCopy.CopyAsync(key, path, Path.GetRelativePath(folder.Path, key), null, cancellationToken));
        await using var database = File.OpenRead(Path.Combine(path, Database));
        database.Flush(flushToDisk: true);
        files.Add(new BackupFile(Database, database.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(database, cancellationToken))));
        return files;
    }

    /// <summary>A large content, which may just be on its way to its place.</summary>
    private async Task<BackupFile> CopyContentAsync(string path, string sha256, CancellationToken cancellationToken)
    {
        var name = Path.GetRelativePath(folder.Path, ContentFiles.Place(folder, sha256));
        for (var isLast = false; ; isLast = true)
        {
            try
            {
                var from = ContentFiles.Find(folder, sha256) ?? throw new FileNotFoundException($"The content {sha256} is not in the data folder.");
                var file = await FileCopy.CopyAsync(from, path, name, null, cancellationToken);
                return file.Sha256 == sha256 ? file : throw new IOException($"The content {sha256} is damaged in the data folder: `postmodtag verify` says what else is.");
            }
            catch (FileNotFoundException) when (!isLast)
            {
            }
        }
    }

    private static async IAsyncEnumerable<T> ReadAsync<T>(SqliteConnection database, string sql, Func<SqliteDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand();
#pragma warning disable CA2100 // What is put in are the tables' names.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            yield return read(rows);
    }

    /// <summary>What is being overwritten is so in a moment; another backup takes longer.</summary>
    private async Task<IDisposable> TakeContentsAsync(CancellationToken cancellationToken)
    {
        for (var until = clock.GetTimestamp(); clock.GetElapsedTime(until) < Patience; await Task.Delay(Pause, clock, cancellationToken))
        {
            if (folder.TryTakeContents() is { } turn)
                return turn;
        }

        throw new OperationRefusedException("Another backup of the data folder is being taken. Wait for its end, and try again.");
    }
}
