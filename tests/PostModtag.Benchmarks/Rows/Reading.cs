using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application;
using PostModtag.Application.Memo;
using PostModtag.Application.Routing;
using PostModtag.Benchmarks.Measuring;
using PostModtag.Benchmarks.Serving;
using PostModtag.Infrastructure;
using PostModtag.Testing;

namespace PostModtag.Benchmarks.Rows;

/// <summary>Rows 6, 8 and 10: a message is checked, decoded, hashed and written, without a network and without fsync.</summary>
internal sealed class Reading : IDisposable
{
    private const int Large = 99_500_000;
    private const int Megabyte = 1_000_000;
    private const double Milli = 1000;

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-bench-").FullName;
    private readonly ServiceProvider _services;
    private readonly IMemoReader _reader;

    private Reading()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data", "incoming"));
        var services = new ServiceCollection();
        services.AddLogging();
        services.Configure<PostModtagOptions>(options => options.DataFolder = Path.Combine(_folder, "data"));
        services.AddPostModtagInfrastructure();
        services.AddSingleton<RoutingTables>();
        services.AddSingleton(TimeProvider.System);
        _services = services.BuildServiceProvider();
        _reader = _services.GetRequiredService<IMemoReader>();
    }

    public static async Task<IReadOnlyList<Figure>> LargeAsync(Scale scale)
    {
        using var reading = new Reading();
        var path = reading.Write(Bodies.Of(Large).Bytes);
        var schema = Path.Combine(Repository.Root, "api-spec", "memo", "1.2", "memo.xsd");
        var rounds = await Rounds.TakeAsync(
            scale.Rounds,
            () => Rounds.SecondsAsync(() => reading.ReadAsync(path)),
            () => Rounds.SecondsAsync(() => reading.ScanAsync(path)),
            () => Rounds.SecondsAsync(() => XmllintAsync(schema, path)));
        var measured = $"{Goal.Number(rounds.Of(0) * Milli)} ms";
        return
        [
            new Figure(6, "read 99.5 MB", measured, $"scan by hand {Goal.Number(rounds.Of(1) * Milli)} ms", rounds.Of(figures => figures[0] / figures[1]), Goal.AtMost(1.6, 1.1)),
            new Figure(6, "read 99.5 MB", measured, $"xmllint {Goal.Number(rounds.Of(2) * Milli)} ms", rounds.Of(figures => figures[0] / figures[2]), Goal.AtMost(0.4, 0.2)),
        ];
    }

    public static async Task<Figure> AllocationAsync(Scale scale)
    {
        using var reading = new Reading();
        var path = reading.Write(Bodies.Of(Large).Bytes);
        var rounds = await Rounds.TakeAsync(scale.Rounds, async () =>
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await reading.ReadAsync(path);
            return (GC.GetTotalAllocatedBytes(precise: true) - before) / Milli;
        });
        return new Figure(8, "managed allocation for 99.5 MB", $"{Goal.Number(rounds.Of(0))} kB", "", rounds.Of(0), Goal.AtMost(1000, 100, "kB"));
    }

    public static async Task<Figure> WrappedAsync(Scale scale)
    {
        const int Times = 50;
        using var reading = new Reading();
        var path = reading.Write(Bodies.Of(Megabyte, isWrapped: true).Bytes);
        var rounds = await Rounds.TakeAsync(
            scale.Rounds, () => ManyAsync(() => reading.ReadAsync(path)), () => ManyAsync(() => reading.ScanAsync(path)));
        return new Figure(10, "read 1 MB wrapped at 76 columns", $"{Goal.Number(rounds.Of(0))} ms", $"scan by hand {Goal.Number(rounds.Of(1))} ms", rounds.Of(figures => figures[0] / figures[1]), Goal.AtMost(2, 1.3));

        static async Task<double> ManyAsync(Func<Task> once) => await Rounds.SecondsAsync(async () =>
        {
            for (var i = 0; i < Times; i++)
                await once();
        }) * Milli / Times;
    }

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Write(byte[] message)
    {
        var path = Path.Combine(_folder, "message.xml");
        File.WriteAllBytes(path, message);
        return path;
    }

    private async Task ReadAsync(string path)
    {
        await using var body = Open(path);
        await using var reading = await _reader.ReadAsync(body, null, CancellationToken.None) as MemoReading.Message ?? throw new InvalidOperationException("The message was not read.");
        if (reading.Memo.Rejection is not null)
            throw new InvalidOperationException("The message was found wrong.");
    }

    private Task ScanAsync(string path)
    {
        var (xml, file) = (Path.Combine(_folder, "scan.xml"), Path.Combine(_folder, "scan.bin"));
        if (ContentScan.Run(path, xml, file) == 0)
            throw new InvalidOperationException("The scan found nothing.");
        File.Delete(xml);
        File.Delete(file);
        return Task.CompletedTask;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);

    private static async Task XmllintAsync(string schema, string path)
    {
        using var xmllint = Start(new ProcessStartInfo("xmllint", ["--noout", "--huge", "--schema", schema, path]) { RedirectStandardError = true });
        await xmllint.StandardError.ReadToEndAsync();
        await xmllint.WaitForExitAsync();
        if (xmllint.ExitCode != 0)
            throw new InvalidOperationException("xmllint found the message wrong.");
    }

    private static Process Start(ProcessStartInfo xmllint)
    {
        try
        {
            return Process.Start(xmllint)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new MissingToolException("xmllint is missing: install it (Debian and Ubuntu: apt-get install libxml2-utils) and try again.");
        }
    }
}
