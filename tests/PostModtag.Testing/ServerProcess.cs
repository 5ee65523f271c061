using System.Diagnostics;
using System.Text;

namespace PostModtag.Testing;

/// <summary>A server in a process of its own, as an operator starts it.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private TaskCompletionSource _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The server ended before it listened."));
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    /// <summary>Starts the program that <paramref name="program"/> (a .dll) is.</summary>
    public static ServerProcess Start(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments) => Run("dotnet", environment, [program, .. arguments]);

    /// <summary>Starts a command that ends in being the server.</summary>
    public static ServerProcess Run(string command, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new ServerProcess(new Process { StartInfo = start });
    }

    /// <summary>Where it listens, once it does. Fails when the process ends instead.</summary>
    public Task<Uri> ListeningAsync() => _address.Task.WaitAsync(TimeSpan.FromMinutes(2));

    /// <summary>The address in a line of a server's log; null in every line but the one that says where it listens.</summary>
    public static Uri? AddressIn(string? line)
    {
        const string Listening = "Now listening on: ";
        return line?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at ? new Uri(line[(at + Listening.Length)..]) : null;
    }

    /// <summary>The lines it has printed, once one of them has that in it.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string until)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var printed = _printed.Task;
            lock (_output)
            {
                if (Output.Contains(until, StringComparison.Ordinal))
                    return Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
            }

            await printed.WaitAsync(patience.Token);
        }
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return _process.ExitCode;
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    /// <summary>Tells it to stop (SIGTERM), as an operator, systemd or a container engine does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
        Interlocked.Exchange(ref _printed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        if (AddressIn(line) is { } address)
            _address.TrySetResult(address);
    }
}
