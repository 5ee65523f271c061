using System.Diagnostics;

namespace PostModtag.Testing;

/// <summary>A PostgreSQL that a test has for itself, to stop it and to start it again.</summary>
public sealed class OwnPostgreSql : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    public OwnPostgreSql()
    {
        _process = Process.Start(new ProcessStartInfo("bash", [Repository.PathOf("build", "postgresql.sh")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var server = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(_process.StandardError.ReadToEnd());
        _folder = server.Split(';')[0]["Host=".Length..];
        Database = $"{server};Database=drill";
        TestDatabase.ExecuteOn($"{server};Database=postgres", "CREATE DATABASE drill");
    }

    /// <summary>The connection string of its one database, which is empty.</summary>
    public string Database { get; }

    /// <summary>All its files' bytes, as Latin-1 text.</summary>
    public string Raw()
    {
        var all = new System.Text.StringBuilder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder, "data"), "*", SearchOption.AllDirectories))
            all.Append(File.ReadAllText(file, System.Text.Encoding.Latin1));
        return all.ToString();
    }

    /// <summary>Stops it at once, as a crash does.</summary>
    public void Stop() => Control("stop --mode=immediate --silent");

    /// <summary>Starts it again, on what it has kept.</summary>
    public void Start() => Control($"""start --silent --wait --log={_folder}/data/log --options="-c listen_addresses= -c unix_socket_directories={_folder} -c max_connections=400" """);

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Control(string what)
    {
        const string PgCtl = """bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1); [ -n "$bin" ] || bin=$(dirname "$(command -v initdb)"); as=; [ "$(id -u)" -eq 0 ] && as="runuser -u postgres --"; cd /; $as "$bin/pg_ctl" """;
        using var control = Process.Start(new ProcessStartInfo("bash", ["-c", $"{PgCtl} --pgdata={_folder}/data {what} </dev/null >/dev/null"]))!;
        control.WaitForExit();
        if (control.ExitCode != 0)
            throw new InvalidOperationException($"pg_ctl {what} has failed.");
    }
}
