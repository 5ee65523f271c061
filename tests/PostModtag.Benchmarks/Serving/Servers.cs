using PostModtag.Testing;

namespace PostModtag.Benchmarks.Serving;

/// <summary>The servers that are measured, each a process of its own on a folder of its own.</summary>
internal sealed class Servers : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-bench-").FullName;
    private readonly List<ServerProcess> _processes = [];

    /// <summary>PostModtag itself, as an operator starts it, with an own inbox that takes everything.</summary>
    public Task<Uri> OwnAsync(params (string Name, string Value)[] settings) => StartAsync(
        Path.Combine(AppContext.BaseDirectory, "PostModtag.Api.dll"),
        [("PostModtag__DataFolder", OwnFolder), ("ASPNETCORE_URLS", "http://127.0.0.1:0"), .. settings]);

    /// <summary>Its data folder.</summary>
    public string OwnFolder => Path.Combine(_folder, "own");

    /// <summary>Stops all that were started.</summary>
    public void Stop()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.Dispose();
        }

        _processes.Clear();
    }

    /// <summary>Kestrel that drains the body.</summary>
    public Task<Uri> DrainAsync() => StartAsync(Self, [], "serve", "drain");

    /// <summary>Kestrel that writes the body to a file, and syncs it before it answers.</summary>
    public Task<Uri> DrainToDiskAsync() => StartAsync(Self, [], "serve", "drain-to-disk", Directory.CreateDirectory(Path.Combine(_folder, "drained")).FullName);

    /// <summary>A fagsystem that accepts everything.</summary>
    public Task<Uri> FagsystemAsync() => StartAsync(Self, [], "serve", "fagsystem");

    /// <summary>The number of the process that was started last.</summary>
    public int LastProcess => _processes[^1].Id;

    /// <summary>The server that most would write.</summary>
    public Task<Uri> NaiveAsync() => StartAsync(Self, [], "serve", "naive", Directory.CreateDirectory(Path.Combine(_folder, "naive")).FullName);

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Self => Path.Combine(AppContext.BaseDirectory, "PostModtag.Benchmarks.dll");

    /// <summary>
    /// Its log, a line for each message, goes to a file, as an operator has it: this process, which loads the server, need not read it.
    /// </summary>
    private async Task<Uri> StartAsync(string program, IEnumerable<(string Name, string Value)> settings, params string[] arguments)
    {
        var log = Path.Combine(_folder, $"{_processes.Count}.log");
        _processes.Add(ServerProcess.Run(
            "sh", settings.ToDictionary(setting => setting.Name, setting => setting.Value), ["-c", """exec dotnet "$@" > "$0" 2>&1""", log, program, .. arguments]));
        Uri? address = null;
        await Eventually.BeSoAsync(() => (address = AddressIn(log)) is not null);
        return address!;
    }

    private static Uri? AddressIn(string log)
    {
        if (!File.Exists(log))
            return null;
        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

        // The last line may not be whole yet.
        return reader.ReadToEnd().Split('\n')[..^1].Select(ServerProcess.AddressIn).FirstOrDefault(address => address is not null);
    }
}
