using PostModtag.Application.Administration;
using PostModtag.Domain.Messages;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Rules;

/// <summary>Takes rule files in for an authority.</summary>
internal sealed class RuleFiles(IRuleFileFormat format, RuleSetValidator validator)
{
    /// <summary>The rule set in a file, or what is wrong with it, also for that authority.</summary>
    public async Task<(RuleSet? RuleSet, IReadOnlyList<Fault> Faults)> ReadAsync(string cvr, Stream file, CancellationToken cancellationToken)
    {
        var reading = await format.ReadAsync(file, cancellationToken);
        if (reading is not RuleFileReading.Readable readable)
            return (null, ((RuleFileReading.Unreadable)reading).Faults);
        if (readable.Authority is { } authority && authority != cvr)
            return (null, [new Fault(readable.PlaceOf("authority"), new BilingualText(
                $"Filen er til myndigheden {authority} og ikke til {cvr}. Indlæs den dér, eller ret linjen.",
                $"The file is for the authority {authority}, and not for {cvr}. Send it to /authorities/{authority}, or mend the line."))]);
        var faults = validator.FaultsOf(readable.RuleSet).Select(fault => fault with { Place = readable.PlaceOf(fault.Place) }).ToList();
        return (faults.Count == 0 ? readable.RuleSet : null, faults);
    }
}
