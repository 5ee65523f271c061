using PostModtag.Application.Administration;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.Rules;

/// <summary>Rule files: a rule set as YAML, for people to edit and version control to keep.</summary>
public interface IRuleFileFormat
{
    /// <summary>Reads a file. It reads either the whole rule set, or nothing and says what is wrong.</summary>
    Task<RuleFileReading> ReadAsync(Stream file, CancellationToken cancellationToken);

    /// <summary>Writes a rule set; read again it is the same.</summary>
    /// <param name="cvr">The authority's CVR number.</param>
    /// <param name="version">Which version it is, for people to read.</param>
    /// <param name="ruleSet">The rules.</param>
    byte[] Write(string cvr, string version, RuleSet ruleSet);
}

/// <summary>What reading a rule file gave.</summary>
public abstract class RuleFileReading
{
    private RuleFileReading()
    {
    }

    /// <summary>A rule set.</summary>
    public sealed class Readable(RuleSet ruleSet, string? authority, Func<string, string> placeOf) : RuleFileReading
    {
        /// <summary>The rules.</summary>
        public RuleSet RuleSet { get; } = ruleSet;

        /// <summary>The CVR number of the authority that the file says it is for; null when it says none.</summary>
        public string? Authority { get; } = authority;

        /// <summary>Where in the file a part of the rule set stands, as <c>line 12, column 5</c>.</summary>
        /// <param name="part">The part, as <c>rules[3].conditions[0].field</c>.</param>
        public string PlaceOf(string part) => placeOf(part);
    }

    /// <summary>No rule set.</summary>
    public sealed class Unreadable(IReadOnlyList<Fault> faults) : RuleFileReading
    {
        /// <summary>What is wrong where.</summary>
        public IReadOnlyList<Fault> Faults { get; } = faults;
    }
}
