using System.Security.Cryptography;
using System.Text.Json;
using PostModtag.Application.Operation;

namespace PostModtag.Infrastructure.Storage.Backup;

/// <summary>The list of a backup's files, <c>backup.json</c>, which is written when all of them are there.</summary>
/// <param name="Format">What this page describes; 1.</param>
/// <param name="Database">Which database it is of: <c>SQLite</c> or <c>PostgreSQL</c>.</param>
/// <param name="MadeAt">When it was begun, UTC.</param>
/// <param name="Files">All files but this one.</param>
internal sealed record BackupList(int Format, string Database, DateTimeOffset MadeAt, IReadOnlyList<BackupFile> Files)
{
    public const string Name = "backup.json";

    private const int KnownFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>A list of what is in a folder that has just been filled, written to it, durably.</summary>
    public static async Task WriteAsync(string folder, string database, DateTimeOffset madeAt, IReadOnlyList<BackupFile> files, CancellationToken cancellationToken)
    {
        foreach (var subfolder in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
            FileSystem.SyncFolder(subfolder);
        await using (var list = new FileStream(Path.Combine(folder, Name), FileMode.CreateNew, FileAccess.Write))
        {
            await JsonSerializer.SerializeAsync(list, new BackupList(KnownFormat, database, madeAt, files), Json, cancellationToken);
            list.Flush(flushToDisk: true);
        }

        FileSystem.SyncFolder(folder);
    }

    /// <summary>The list of a backup, when every file in it is there and as it was.</summary>
    /// <exception cref="OperationRefusedException">It is no backup, or not whole.</exception>
    public static async Task<BackupList> CheckAsync(string folder, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var list = await ReadAsync(folder, cancellationToken);
        foreach (var file in list.Files)
        {
            var path = Path.Combine(folder, file.Name);
            if (!File.Exists(path) || new FileInfo(path).Length != file.Length || await Sha256Async(path, cancellationToken) != file.Sha256)
                throw new OperationRefusedException($"The file {path} of the backup is missing or damaged. Take another backup, or another copy of this one.");
        }

        progress.Report($"The backup of {list.MadeAt:yyyy-MM-dd HH:mm} UTC is whole: {list.Files.Count} files, {list.Files.Sum(file => file.Length):N0} bytes, each as its SHA-256 tells");
        return list;
    }

    private static async Task<BackupList> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            await using var file = File.OpenRead(path);
            var list = await JsonSerializer.DeserializeAsync<BackupList>(file, Json, cancellationToken);
            return list is { Format: KnownFormat, Files: not null } ? list : throw new OperationRefusedException($"The backup {folder} was made by another version, which is not known here. Restore it with the version that made it.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new OperationRefusedException($"{folder} is no whole backup: {path} cannot be read. Name the folder that `postmodtag backup` has filled, to its end.", exception);
        }
    }

    private static async Task<string> Sha256Async(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}

/// <summary>A file of a backup.</summary>
/// <param name="Name">Its path in the backup, with <c>/</c>.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Sha256">Their SHA-256 in lower-case hexadecimal.</param>
internal sealed record BackupFile(string Name, long Length, string Sha256);
