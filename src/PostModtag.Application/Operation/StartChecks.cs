using System.Runtime.CompilerServices;
using PostModtag.Application.Hosting;
using Microsoft.Extensions.Logging;

namespace PostModtag.Application.Operation;

/// <summary>Asks all start checks: for the doctor, and when the server starts, once its storage is there and before anything comes in.</summary>
internal sealed class StartChecks(IEnumerable<IStartCheck> checks, ILogger<StartChecks> log) : StartingService
{
    /// <summary>What all of them see, one after the other. One that cannot look says so.</summary>
    public async IAsyncEnumerable<(string Subject, StartFinding Finding)> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var check in checks)
        {
            IReadOnlyList<StartFinding> findings;
            try
            {
                findings = await check.RunAsync(cancellationToken);
            }
            catch (OperationRefusedException refused)
            {
                findings = [new StartFinding(StartFindingLevel.Fatal, refused.Message)];
            }
#pragma warning disable CA1031 // Whatever is wrong with one, the others are looked at.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                findings = [new StartFinding(StartFindingLevel.Error, $"It could not be looked at: {exception.GetType().Name}.")];
            }

            foreach (var finding in findings)
                yield return (check.Subject, finding);
        }
    }

    /// <inheritdoc />
    /// <exception cref="OperationRefusedException">Something is so wrong that no server starts.</exception>
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        var fatal = new List<string>();
        await foreach (var (subject, finding) in RunAsync(cancellationToken))
        {
            if (finding.Level == StartFindingLevel.Fatal)
                fatal.Add(finding.Sentence);
            else if (finding.Level != StartFindingLevel.Ok)
                StartLog.NotAsItMustBe(log, finding.Level == StartFindingLevel.Error ? LogLevel.Error : LogLevel.Warning, subject, finding.Sentence);
        }

        if (fatal.Count > 0)
            throw new OperationRefusedException(string.Join(Environment.NewLine, fatal));
    }
}

/// <summary>What start checks write to the log: sentences of their own, with paths, names of settings and numbers.</summary>
internal static partial class StartLog
{
    [LoggerMessage(EventId = 330, Message = "Not as it must be: {Subject}. {Sentence}")]
    public static partial void NotAsItMustBe(ILogger log, LogLevel level, string subject, string sentence);
}
