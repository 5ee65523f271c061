using PostModtag.Application.Administration;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Application.Rules;

/// <summary>What asking a version of the rules about a message gave.</summary>
public abstract class Explained
{
    private Explained()
    {
    }

    /// <summary>What the rules said.</summary>
    public sealed class Answer(string? version, DateOnly day, RoutingExplanation explanation) : Explained
    {
        /// <summary>The version that was asked; null when the authority has no rules.</summary>
        public string? Version { get; } = version;

        /// <summary>The day for which rules' periods were looked at.</summary>
        public DateOnly Day { get; } = day;

        /// <summary>What the rules said.</summary>
        public RoutingExplanation Explanation { get; } = explanation;
    }

    /// <summary>There is no such message.</summary>
    public sealed class NoMessage : Explained;

    /// <summary>There is no such version.</summary>
    public sealed class NoVersion : Explained;

    /// <summary>The rules cannot be asked.</summary>
    public sealed class RulesHaveErrors(IReadOnlyList<LintFinding> findings) : Explained
    {
        /// <summary>What is wrong with them.</summary>
        public IReadOnlyList<LintFinding> Findings { get; } = findings;
    }

    /// <summary>The message is larger than the server takes.</summary>
    public sealed class TooLarge : Explained;

    /// <summary>The message never comes to the rules.</summary>
    public sealed class NotRoutable(IReadOnlyList<Fault> faults) : Explained
    {
        /// <summary>What is wrong with it.</summary>
        public IReadOnlyList<Fault> Faults { get; } = faults;
    }
}
