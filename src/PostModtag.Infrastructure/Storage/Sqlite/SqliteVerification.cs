using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Operation;
using PostModtag.Infrastructure.Storage.Verify;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>Checks what SQLite says of its own file, and that packs and files are those that it knows.</summary>
internal sealed class SqliteVerification(DataFolder folder, IDbContextFactory<SqliteDbContext> databases) : IDatabaseVerification
{
    /// <inheritdoc />
    public Task OpenAsync(CancellationToken cancellationToken) => File.Exists(folder.Database)
        ? Task.CompletedTask
        : throw new OperationRefusedException($"There is no database in the data folder {folder.Path}. Set PostModtag:DataFolder to the folder of the server.");

    /// <inheritdoc />
    public async Task RunAsync(Findings findings, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var line in await AskAsync(database, "PRAGMA integrity_check", cancellationToken))
        {
            if (line != "ok")
                findings.Add($"The database file is damaged: {line}");
        }

        foreach (var table in await AskAsync(database, "PRAGMA foreign_key_check", cancellationToken))
            findings.Add($"A row of the table {table} belongs to one that is not there.");
        foreach (var pack in await database.Packs.OrderBy(pack => pack.Number).ToListAsync(cancellationToken))
        {
            var file = new FileInfo(ContentPacks.PathOf(folder, pack.Number));
            if (!file.Exists || file.Length < pack.Length)
                findings.Add($"The file {file.FullName} is missing, or is shorter than the {pack.Length} bytes that the database knows.");
        }

        foreach (var file in Directory.Exists(folder.Contents) ? Directory.EnumerateFiles(folder.Contents, "*", SearchOption.AllDirectories) : [])
        {
            var sha256 = Path.GetFileName(file);
            if (!await database.Contents.AnyAsync(row => row.Sha256 == sha256, cancellationToken) && !await database.Erasures.AnyAsync(row => row.Sha256 == sha256, cancellationToken) && File.Exists(file))
                findings.Add($"The file {file} belongs to no message. Whatever it is, retention does not know of it.");
        }
    }

    private static async Task<IReadOnlyList<string>> AskAsync(SqliteDbContext database, string pragma, CancellationToken cancellationToken)
    {
        await database.Database.OpenConnectionAsync(cancellationToken);
        await using var command = database.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // It is one of two above.
        command.CommandText = pragma;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            lines.Add(reader.GetString(0));
        return lines;
    }
}
