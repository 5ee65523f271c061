using System.Diagnostics;
using System.Globalization;
using PostModtag.Fuzz;

if (args is ["--instrument", var folder])
{
    Coverage.Instrument(folder);
    return 0;
}

using var fuzzer = new Fuzzer();
if (args is ["--again", var file, ..])
{
    var fault = await fuzzer.FaultAsync(await File.ReadAllBytesAsync(file), args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : int.MaxValue);
    Console.WriteLine(fault ?? "Nothing is wrong with it.");
    return fault is null ? 0 : 1;
}

var minutes = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 60;
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Random.Shared.Next(1_000_000);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, for {minutes} minutes{(fuzzer.IsGuided ? "" : ", not guided")}."));
var (tried, found) = (0, 0);
for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalMinutes < minutes;)
{
    if (await fuzzer.TryAsync(seed, tried++) is { } finding)
    {
        found++;
        Console.WriteLine($"{finding.Keep()}: {finding.Fault.Split('\n')[0]}");
    }

    if (tried % 10_000 == 0)
        Console.WriteLine(Summary());
}

Console.WriteLine(Summary());
return found == 0 ? 0 : 1;

string Summary() => string.Create(CultureInfo.InvariantCulture,
    $"Seed {seed}: {tried} bodies ({fuzzer.Answers.Valid} valid, {fuzzer.Answers.Rejected} rejected, {fuzzer.Answers.NoMessage} no messages), {fuzzer.CorpusSize} to change, {found} findings.");
