using System.Globalization;
using PostModtag.Benchmarks;
using PostModtag.Benchmarks.Measuring;
using PostModtag.Benchmarks.Serving;

switch (args)
{
    // Servers that another process of this program measures.
    case ["serve", "drain"]:
        await DrainServer.RunAsync(null);
        return 0;
    case ["serve", "drain-to-disk", var drained]:
        await DrainServer.RunAsync(drained);
        return 0;
    case ["serve", "naive", var folder]:
        await NaiveServer.RunAsync(folder);
        return 0;
    case ["serve", "fagsystem"]:
        await FagsystemServer.RunAsync();
        return 0;

    // Load by itself, for whoever looks at a server with a profiler.
    case ["load", var address, var bytes, var connections, var seconds]:
        var (body, uuidAt) = Bodies.Of(int.Parse(bytes, CultureInfo.InvariantCulture));
        var load = await new LoadDriver(new Uri(address), body, uuidAt).RunAsync(int.Parse(connections, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture));
        Console.WriteLine($"{Goal.Number(load.PerSecond)}/s, p50 {Goal.Number(Rounds.Median(load.Latencies) * 1000)} ms");
        return 0;

    // What decisions on single parts rest on.
    case ["contents"]:
        await ContentPlaceBenchmark.RunAsync();
        return 0;
    case ["rules"]:
        RuleBenchmark.Run();
        return 0;
    default:
        break;
}

var numbers = args.Where(arg => !arg.StartsWith('-')).Select(arg => int.TryParse(arg, CultureInfo.InvariantCulture, out var number) ? number : 0).ToHashSet();
var options = args.Where(arg => arg.StartsWith('-')).ToHashSet();
if (numbers.Except(Catalogue.Rows.Select(row => row.Number)).Any() || options.Except(["--short", "--markdown"]).Any())
{
    Console.Error.WriteLine($"""
        bash build/bench.sh [ROW ...] [--short] [--markdown]
          ROW         one of {string.Join(", ", Catalogue.Rows.Select(row => row.Number))}; all of them without any
          --short     one short round each: shows that all of it runs, and measures little
          --markdown  the table as docs/performance.md has it
        bash build/bench.sh rules | contents
                      the measurements that decisions 0007 and 0003 rest on
        """);
    return 2;
}

var (figures, hasFailed) = (new List<Figure>(), false);
foreach (var row in Catalogue.Rows.Where(row => numbers.Count == 0 || numbers.Contains(row.Number)))
{
    Console.Error.WriteLine($"row {row.Number} ...");
    try
    {
        figures.AddRange(await row.MeasureAsync(options.Contains("--short") ? Scale.Short : Scale.Whole));
    }
    catch (MissingToolException missing)
    {
        Console.Error.WriteLine($"row {row.Number} left out: {missing.Message}");
    }
#pragma warning disable CA1031 // The other rows are measured all the same.
    catch (Exception exception)
#pragma warning restore CA1031
    {
        hasFailed = true;
        Console.Error.WriteLine($"row {row.Number} failed: {exception}");
    }
}

foreach (var line in Table.Lines(figures, options.Contains("--markdown")))
    Console.WriteLine(line);
return hasFailed ? 1 : 0;
