using System.Globalization;

namespace PostModtag.Benchmarks.Measuring;

/// <summary>How much memory another process has, as Linux counts it.</summary>
internal sealed class ProcessMemory
{
    private readonly int _process;

    private ProcessMemory(int process) => _process = process;

    /// <summary>What it has now, in kB.</summary>
    public double Now => Read("VmRSS");

    /// <summary>The most that it has had since <see cref="BeginPeak"/>, in kB.</summary>
    public double Peak => Read("VmHWM");

    /// <summary>That of the process with this number.</summary>
    /// <exception cref="MissingToolException">This is not Linux.</exception>
    public static ProcessMemory Of(int process) => File.Exists("/proc/self/clear_refs")
        ? new ProcessMemory(process)
        : throw new MissingToolException("the peak of another process's memory is read from /proc, which only Linux has.");

    /// <summary>The peak is counted anew.</summary>
    public void BeginPeak() => File.WriteAllText($"/proc/{_process}/clear_refs", "5");

    private double Read(string name)
    {
        var line = File.ReadLines($"/proc/{_process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }
}
