using System.Diagnostics;
using System.Net.Sockets;
using PostModtag.Conformance.Cases;

namespace PostModtag.Conformance;

/// <summary>Holds an endpoint against the contract, one case after the other.</summary>
public static class ConformanceRun
{
    /// <summary>All cases, in the order that they are tried in.</summary>
    public static IReadOnlyList<ConformanceCase> Cases { get; } =
    [
        .. ExampleCases.All, .. ReceiptCases.All, .. DuplicateCases.All, .. DecisionCases.All, .. MediaTypeCases.All, .. HeaderCases.All, .. HostileCases.All, .. BrokenCases.All, .. SizeCases.All,
    ];

    /// <summary>Tries them.</summary>
    /// <param name="target">The endpoint.</param>
    /// <param name="cases">Which cases.</param>
    /// <param name="onResult">Is told each result.</param>
    /// <param name="cancellationToken">Ends it before the next case.</param>
    public static async Task<IReadOnlyList<CaseResult>> RunAsync(ConformanceTarget target, IEnumerable<ConformanceCase> cases, Action<CaseResult>? onResult, CancellationToken cancellationToken)
    {
        var results = new List<CaseResult>();
        var probe = new Probe(target);
        foreach (var each in cases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = await TryAsync(probe, each);
            results.Add(result);
            onResult?.Invoke(result);
        }

        return results;
    }

    private static async Task<CaseResult> TryAsync(Probe probe, ConformanceCase each)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await each.RunAsync(probe);
            return new CaseResult(each, CaseOutcome.Passed, null, Stopwatch.GetElapsedTime(begun));
        }
        catch (CaseSkippedException skipped)
        {
            return new CaseResult(each, CaseOutcome.Skipped, skipped.Message, Stopwatch.GetElapsedTime(begun));
        }
        catch (Exception exception) when (exception is CaseFailedException or SocketException or IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            return new CaseResult(each, CaseOutcome.Failed, exception is CaseFailedException ? exception.Message : $"The endpoint cannot be reached, or broke off: {exception.Message}", Stopwatch.GetElapsedTime(begun));
        }
    }
}

/// <summary>What a case came to.</summary>
/// <param name="Case">The case.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Detail">What was sent, expected, and came; or what is missing; null where it passed.</param>
/// <param name="Taken">How long it took.</param>
public sealed record CaseResult(ConformanceCase Case, CaseOutcome Outcome, string? Detail, TimeSpan Taken);

/// <summary>What a case can come to.</summary>
public enum CaseOutcome
{
    /// <summary>The endpoint does what the contract says.</summary>
    Passed,

    /// <summary>It does not.</summary>
    Failed,

    /// <summary>It could not be found out.</summary>
    Skipped,
}
