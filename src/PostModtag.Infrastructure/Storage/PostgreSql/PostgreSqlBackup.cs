using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using PostModtag.Application.Operation;
using PostModtag.Infrastructure.Storage.Backup;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>A dump of the database by PostgreSQL's own tools, which is as it was at one moment. All contents are in it.</summary>
internal sealed class PostgreSqlBackup(PostgreSqlSource source, TimeProvider clock) : IBackup
{
    private const string Kind = "PostgreSQL";
    private const string Dump = "postmodtag.dump";

    /// <inheritdoc />
    public async Task CreateAsync(string target, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var path = BackupFolder.Create(target);
        var (madeAt, dump) = (clock.GetUtcNow(), Path.Combine(path, Dump));
        await RunAsync("pg_dump", ["--format=custom", "--no-owner", $"--file={dump}"], cancellationToken);
        await using (var file = new FileStream(dump, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            await BackupList.WriteAsync(path, Kind, madeAt, [new BackupFile(Dump, file.Length, sha256)], cancellationToken);
            progress.Report($"{file.Length:N0} bytes are in {path}. The master key is not among them: keep it elsewhere.");
        }
    }

    /// <inheritdoc />
    public async Task RestoreAsync(string folder, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var list = await BackupList.CheckAsync(folder, progress, cancellationToken);
        if (list.Database != Kind)
            throw new OperationRefusedException($"The backup is one of {list.Database}. Restore it without PostModtag:PostgreSql, and use `postmodtag move` then.");
        if (await IsUsedAsync(cancellationToken))
            throw new OperationRefusedException($"The database {source.Name} is not empty. Name an empty one in PostModtag:PostgreSql.");
        await RunAsync("pg_restore", ["--no-owner", "--exit-on-error", "--single-transaction", Path.Combine(folder, Dump)], cancellationToken);
        progress.Report($"All of it is in {source.Name}");
    }

    /// <inheritdoc />
    public Task CheckAsync(string folder, IProgress<string> progress, CancellationToken cancellationToken) => BackupList.CheckAsync(folder, progress, cancellationToken);

    private async Task<bool> IsUsedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var ask = source.DataSource.CreateCommand("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'");
            return await ask.ExecuteScalarAsync(cancellationToken) is not 0L;
        }
        catch (NpgsqlException exception)
        {
            throw new OperationRefusedException($"The database {source.Name} does not answer: {exception.Message}", exception);
        }
    }

    private async Task RunAsync(string tool, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var to = new NpgsqlConnectionStringBuilder(source.OwnConnection);
        var start = new ProcessStartInfo(PathOf(tool), [.. arguments, $"--dbname={to.Database}", $"--host={to.Host}", $"--port={to.Port}", "--no-password", .. to.Username is { } user ? [$"--username={user}"] : Array.Empty<string>()])
        {
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = to.Password, ["PGSSLMODE"] = ModeOf(to.SslMode), ["PGSSLROOTCERT"] = to.RootCertificate, ["PGPASSFILE"] = to.Passfile, ["LC_ALL"] = "C" },
        };
        foreach (var unset in start.Environment.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
            start.Environment.Remove(unset);
        try
        {
            using var process = Process.Start(start)!;
            await using var stop = cancellationToken.Register(process.Kill);
            var errors = await process.StandardError.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
                throw new OperationRefusedException($"{tool} has failed: {errors.Trim()}");
        }
        catch (Win32Exception exception)
        {
            throw new OperationRefusedException($"{tool} is missing: install PostgreSQL's client tools, of the server's version or newer (Debian and Ubuntu: apt-get install postgresql-client).", exception);
        }
    }

    /// <summary>Debian has them in a folder for each version.</summary>
    private static string PathOf(string tool)
    {
        const string Debian = "/usr/lib/postgresql";
        return Directory.Exists(Debian)
            ? Directory.EnumerateDirectories(Debian).OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
                .Select(version => Path.Combine(version, "bin", tool)).FirstOrDefault(File.Exists) ?? tool
            : tool;
    }

    private static string ModeOf(SslMode mode) => mode switch
    {
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        _ => mode.ToString().ToLowerInvariant(),
    };
}
