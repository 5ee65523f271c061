using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using PostModtag.Cli.Offline;
using PostModtag.Cli.Sending;
using PostModtag.Conformance.Messages;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag send TARGET ...</c></summary>
internal sealed class SendCommand : ToolCommand
{
    private const int MostBytes = 99_500_000;

    private readonly EndpointOptions _endpoint = new();
    private readonly Argument<string[]> _files = new("file") { Description = "MeMo files, or folders of *.xml.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<int> _generate = new("--generate") { Description = "Make so many messages instead, each with a messageUUID of its own.", HelpName = "N" };
    private readonly Option<int> _size = new("--size") { Description = "How large those are, in bytes.", HelpName = "BYTES", DefaultValueFactory = _ => 20_000 };
    private readonly Option<string> _recipient = new("--recipient") { Description = "The CVR number that those are to.", HelpName = "CVR", DefaultValueFactory = _ => "90000001" };
    private readonly Option<int> _connections = new("--connections") { Description = "How many are sent at once.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _json = new("--json") { Description = "Print each receipt as JSON, one a line." };

    public SendCommand()
        : base("send", "Sends messages to an EP_FS1, whoever's, and prints the receipts. Ends with 1 when one was not accepted.", "send https://fagsystem.example/PostModtag brev.xml --certificate mig.p12")
    {
        _endpoint.AddTo(this);
        foreach (var symbol in new Symbol[] { _files, _generate, _size, _recipient, _connections, _json })
        {
            if (symbol is Argument argument)
                Add(argument);
            else
                Add((Option)symbol);
        }
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        using var endpoint = _endpoint.Connect(parsed);
        var messages = Messages(parsed);
        var isQuiet = parsed.GetValue(_generate) > 0;
        var report = new SendReport(messages.Count, Console.IsErrorRedirected || messages.Count == 1 ? null : parsed.InvocationConfiguration.Error);
        var begun = Stopwatch.GetTimestamp();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, parsed.GetValue(_connections)), CancellationToken = cancellationToken };
        var print = new SemaphoreSlim(1);
        await Parallel.ForEachAsync(messages, parallel, async (message, token) =>
        {
            await using var body = message.Open();
            var sent = await endpoint.PostAsync(message.Name, body, token);
            report.Add(sent);
            if (!parsed.GetValue(_json) && isQuiet && sent.IsAccepted)
                return;
            await print.WaitAsync(token);
            await output.WriteLineAsync(parsed.GetValue(_json) ? JsonSerializer.Serialize(sent, JsonLine) : sent.ToString());
            print.Release();
        });
        if (!parsed.GetValue(_json) && messages.Count > 1)
            await output.WriteLineAsync(report.Summary(Stopwatch.GetElapsedTime(begun)));
        return report.Sent.All(sent => sent.IsAccepted) ? ExitCode.Done : ExitCode.Found;
    }

    private IReadOnlyList<(string Name, Func<Stream> Open)> Messages(ParseResult parsed)
    {
        var (files, count, size, recipient) = (parsed.GetValue(_files) ?? [], parsed.GetValue(_generate), parsed.GetValue(_size), parsed.GetRequiredValue(_recipient));
        if (files.Length > 0 == count > 0)
            throw new MisusedException("Name files to send, or make messages with --generate N.");
        if (size is < 0 or > MostBytes)
            throw new MisusedException($"--size must be a number of bytes up to {MostBytes}.");
        if (files.Length > 0)
            return [.. MemoFiles.Of(files).Select(file => (file, (Func<Stream>)(() => file == MemoFiles.StandardInput ? Console.OpenStandardInput() : File.OpenRead(file))))];
        return [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).Select(uuid => (uuid.ToString(), (Func<Stream>)(() => new MemoryStream(Letter.Of(uuid, recipient, size)))))];
    }
}
