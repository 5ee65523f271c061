using System.CommandLine;
using System.Reflection;
using PostModtag.Cli.Sending;
using PostModtag.Conformance;
using PostModtag.Conformance.Reports;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag conform URL</c></summary>
internal sealed class ConformCommand : ToolCommand
{
    private readonly EndpointOptions _endpoint = new();
    private readonly Option<string> _recipient = new("--recipient") { Description = "The CVR number of an authority whose messages the fagsystem behind the endpoint accepts.", HelpName = "CVR", DefaultValueFactory = _ => "90000001" };
    private readonly Option<string?> _rejectLabel = new("--reject-label") { Description = "The title (label) of messages that it rejects.", HelpName = "TEXT" };
    private readonly Option<string?> _undecidedLabel = new("--undecided-label") { Description = "The title (label) of messages that it gives no answer to.", HelpName = "TEXT" };
    private readonly Option<long> _limit = new("--limit") { Description = "The most bytes of a message that the endpoint takes, where that is not 99,500,000.", HelpName = "BYTES", DefaultValueFactory = _ => ConformanceTarget.ContractBytes };
    private readonly Option<string?> _only = new("--only") { Description = "Only the cases whose name begins so, such as DUPLICATE or RECEIPT-03.", HelpName = "CASE" };
    private readonly Option<bool> _quick = new("--quick") { Description = "Leave out what takes long, or much: slow uploads and the largest messages." };
    private readonly Option<string[]> _report = new("--report") { Description = "Write a report too, as its ending says: .html, .json, .xml (JUnit) or .txt; may be given again.", HelpName = "FILE" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the report as JSON." };

    public ConformCommand()
        : base("conform", "Holds any EP_FS1 against the contract, case by case. It sends made-up messages: point it at no endpoint that delivers to people.", "conform https://fagsystem.example/PostModtag --report overensstemmelse.html")
    {
        _endpoint.AddTo(this);
        foreach (var option in new Option[] { _recipient, _rejectLabel, _undecidedLabel, _limit, _only, _quick, _report, _json })
            Add(option);
    }

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var target = TargetOf(parsed);
        var cases = ConformanceRun.Cases.Where(each => !(parsed.GetValue(_quick) && each.IsLong) && (parsed.GetValue(_only) is not { } only || each.Id.StartsWith(only, StringComparison.OrdinalIgnoreCase))).ToList();
        if (cases.Count == 0)
            throw new MisusedException($"No case begins with {parsed.GetValue(_only)}. They are listed in docs/conformance.md.");
        var files = parsed.GetValue(_report) ?? [];
        if (files.FirstOrDefault(file => !ConformanceReport.HasForm(file)) is { } unknown)
            throw new MisusedException($"--report {unknown} must end in .html, .json, .xml or .txt.");
        var results = await ConformanceRun.RunAsync(target, cases, result =>
        {
            if (!parsed.GetValue(_json))
                output.WriteLine(TextReport.Line(result));
        }, cancellationToken);
        var report = new ConformanceReport(target.Endpoint, TimeProvider.System.GetUtcNow(), typeof(ConformCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0], results);
        foreach (var file in files)
            await File.WriteAllTextAsync(file, report.Write(file), cancellationToken);
        await output.WriteLineAsync(parsed.GetValue(_json) ? JsonReport.Write(report) : $"\n{report.Summary}");
        return report.Count(CaseOutcome.Failed) == 0 ? ExitCode.Done : ExitCode.Found;
    }

    private ConformanceTarget TargetOf(ParseResult parsed) => new()
    {
        Endpoint = _endpoint.AddressOf(parsed),
        Certificate = _endpoint.CertificateOf(parsed),
        Authorization = _endpoint.TokenOf(parsed) is { } token ? $"Bearer {token}" : null,
        TrustsAny = parsed.GetValue(_endpoint.TrustAny),
        Recipient = parsed.GetRequiredValue(_recipient),
        RejectedLabel = parsed.GetValue(_rejectLabel),
        UndecidedLabel = parsed.GetValue(_undecidedLabel),
        MaxMessageBytes = parsed.GetValue(_limit),
    };
}
