using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using PostModtag.Cli.Sending;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag send TARGET ...</c></summary>
internal sealed class SendCommand : ToolCommand
{
    private readonly EndpointOptions _endpoint = new();
    private readonly MessageOptions _messages = new();
    private readonly Option<int> _connections = new("--connections") { Description = "How many are sent at once.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _json = new("--json") { Description = "Print each receipt as JSON, one a line." };

    public SendCommand()
        : base("send", "Sends messages to an EP_FS1, whoever's, and prints the receipts. Ends with 1 when one was not accepted.", "send https://fagsystem.example/PostModtag brev.xml --certificate mig.p12")
    {
        _endpoint.AddTo(this);
        _messages.AddTo(this);
        Add(_connections);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        using var endpoint = _endpoint.Connect(parsed);
        var messages = _messages.Of(parsed);
        var isQuiet = _messages.AreMade(parsed);
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
}
