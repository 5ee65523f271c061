using System.CommandLine;
using System.Text.Json;
using PostModtag.Cli.Offline;
using PostModtag.Cli.Sending;
using PostModtag.Cli.Simulating;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag simulate TARGET ...</c></summary>
internal sealed class SimulateCommand : ToolCommand
{
    private readonly EndpointOptions _endpoint = new();
    private readonly MessageOptions _messages = new();
    private readonly Option<double> _day = new("--day") { Description = "How many seconds a simulated day takes.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
    private readonly Option<string?> _listen = new("--listen") { Description = "Where to take relayed receipts, as Digital Post does at memos/{messageUUID}/receipt: the receiving system's DigitalPost:Url. Left out, a message that is RECEIVED is pushed again.", HelpName = "URL" };
    private readonly Option<bool> _json = new("--json") { Description = "Print what became of each message as JSON, one a line." };

    public SimulateCommand()
        : base(
            "simulate",
            "Is a Digital Post: it pushes messages to an EP_FS1, sends again what was not decided (503, 408, 429, no answer), takes the receipts that are relayed, and deactivates a system that received nothing for seven simulated days.",
            "simulate http://localhost:5606/PostModtag --generate 100 --listen http://localhost:5607/apis/v1/")
    {
        _endpoint.AddTo(this);
        _messages.AddTo(this);
        Add(_day);
        Add(_listen);
        Add(_json);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        using var endpoint = _endpoint.Connect(parsed);
        await using var parts = OfflineParts.Make();
        var messages = await _messages.OfAsync(parsed, parts, cancellationToken);
        var day = parsed.GetValue(_day);
        if (day is not (> 0 and <= 86_400))
            throw new MisusedException("--day must be a number of seconds up to 86400.");
        await using var listener = parsed.GetValue(_listen) is { } url ? await ReceiptListener.StartAsync(HttpAddress.Of(url, "--listen", "http://localhost:5607/apis/v1/")) : null;
        if (listener is not null && !parsed.GetValue(_json))
            await output.WriteLineAsync($"Takes receipts at {listener.Address}");

        using var simulation = new DigitalPostSimulation(endpoint, listener, new SimulatedClock(TimeSpan.FromSeconds(day), TimeProvider.System));
        var pushed = new List<PushedMessage>();
        await foreach (var each in Task.WhenEach(messages.Select(message => simulation.PushAsync(message, cancellationToken))).WithCancellation(cancellationToken))
        {
            pushed.Add(await each);
            await output.WriteLineAsync(parsed.GetValue(_json) ? JsonSerializer.Serialize(pushed[^1], JsonLine) : pushed[^1].ToString());
        }

        if (!parsed.GetValue(_json))
            await output.WriteLineAsync($"{pushed.Count} messages: {pushed.Count(message => message.ReceiptStatus is not null)} with a final receipt, {pushed.Count(message => message.ReceiptStatus is null)} without.{(simulation.IsDeactivated ? " The system could receive nothing for seven days, and was deactivated." : "")}");
        return pushed.TrueForAll(message => message.ReceiptStatus is not null) ? ExitCode.Done : ExitCode.Found;
    }
}
