using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Application.Administration;

/// <summary>What a change to the set-up can end as, and nothing else.</summary>
/// <typeparam name="T">What is there after the change.</typeparam>
public abstract class Change<T>
{
    private Change()
    {
    }

    /// <summary>It is made, and durable.</summary>
    public sealed class Done(T value) : Change<T>
    {
        /// <summary>What is there now.</summary>
        public T Value { get; } = value;
    }

    /// <summary>What was to be changed is not there.</summary>
    public sealed class NotFound : Change<T>;

    /// <summary>It was changed since the caller read it.</summary>
    public sealed class Stale : Change<T>;

    /// <summary>What the caller wants is not what can be had.</summary>
    public sealed class Invalid(IReadOnlyList<Fault> faults) : Change<T>
    {
        /// <summary>What is wrong where.</summary>
        public IReadOnlyList<Fault> Faults { get; } = faults;
    }

    /// <summary>What the caller wants cannot be had as things are.</summary>
    public sealed class Refused(Refusal reason, string detail, IReadOnlyList<LintFinding>? findings = null) : Change<T>
    {
        /// <summary>Why.</summary>
        public Refusal Reason { get; } = reason;

        /// <summary>Why, in words, and what to do.</summary>
        public string Detail { get; } = detail;

        /// <summary>What lint found, where that is the reason.</summary>
        public IReadOnlyList<LintFinding> Findings { get; } = findings ?? [];
    }
}

/// <summary>Why a change cannot be had as things are.</summary>
public enum Refusal
{
    /// <summary>Another fagsystem has the key.</summary>
    KeyTaken,

    /// <summary>The fagsystem is in use.</summary>
    FagsystemInUse,

    /// <summary>The rules have errors.</summary>
    RulesHaveErrors,

    /// <summary>There is no draft.</summary>
    NothingToPublish,

    /// <summary>The message has its final receipt.</summary>
    MessageDecided,

    /// <summary>The message is on its way to its fagsystem.</summary>
    MessageBusy,

    /// <summary>What is to be told was neither refused nor given up.</summary>
    OutboxEntryNotEnded,
}
