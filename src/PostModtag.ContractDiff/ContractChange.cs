namespace PostModtag.ContractDiff;

/// <summary>One thing that a new version of a contract changes.</summary>
/// <param name="File">The file, or the folder of schemas, that it is in, as the new version has it.</param>
/// <param name="Effect">What it means to those who kept to the old version.</param>
/// <param name="Place">Where: an operation and its part, a schema and its property, or an element.</param>
/// <param name="Sentence">What changes there, without a full stop.</param>
public sealed record ContractChange(string File, ChangeEffect Effect, string Place, string Sentence);

/// <summary>What a change means to those who kept to the old version: callers, fagsystemer, and code that is generated from it.</summary>
public enum ChangeEffect
{
    /// <summary>What was right by the old version may be wrong by the new one, or is met by something that the old one did not have.</summary>
    Breaking,

    /// <summary>Whoever kept to the old version keeps to the new one.</summary>
    Compatible,

    /// <summary>Only words differ: a description, a version number. They may still say what must be done.</summary>
    Text,
}

/// <summary>A file is no contract that can be compared; the message says which and why.</summary>
public sealed class ContractUnreadableException(string message) : Exception(message);
