namespace PostModtag.Application.Access;

/// <summary>
/// What a caller may be let do. Each is a scope of an API key and the name of the policy of the operations that need it; the roles
/// are sets of them.
/// </summary>
public static class Permissions
{
    /// <summary>Deliver messages at EP_FS1. A caller has it, and no role.</summary>
    public const string ReceiveMessages = "messages.receive";

    /// <summary>Find messages, and read them with their files and their receipts.</summary>
    public const string ReadMessages = "messages.read";

    /// <summary>Decide on messages that are not decided, and have what was refused sent again.</summary>
    public const string DecideMessages = "messages.decide";

    /// <summary>Read rules, drafts and publications, and ask them where messages go.</summary>
    public const string ReadRules = "rules.read";

    /// <summary>Change drafts, and publish them.</summary>
    public const string WriteRules = "rules.write";

    /// <summary>Read which fagsystemer there are, and how the way to them is.</summary>
    public const string ReadFagsystemer = "fagsystemer.read";

    /// <summary>Register, change and remove fagsystemer, and set what is presented to them.</summary>
    public const string WriteFagsystemer = "fagsystemer.write";

    /// <summary>Read what runs: the outbox and the countdowns.</summary>
    public const string ReadOperation = "operation.read";

    /// <summary>Read the audit trail.</summary>
    public const string ReadAudit = "audit.read";

    /// <summary>Those of the administration, which an API key may have as scopes.</summary>
    public static IReadOnlyList<string> OfAdministration { get; } =
        [ReadMessages, DecideMessages, ReadRules, WriteRules, ReadFagsystemer, WriteFagsystemer, ReadOperation, ReadAudit];
}

/// <summary>The roles of people, each with all that the one before it has.</summary>
public static class Roles
{
    private static readonly string[] Reader =
        [Permissions.ReadMessages, Permissions.ReadRules, Permissions.ReadFagsystemer, Permissions.ReadOperation, Permissions.ReadAudit];

    private static readonly Dictionary<string, IReadOnlyList<string>> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["læser"] = Reader,
        ["reader"] = Reader,
        ["sagsbehandler"] = [.. Reader, Permissions.DecideMessages],
        ["caseworker"] = [.. Reader, Permissions.DecideMessages],
        ["administrator"] = Permissions.OfAdministration,
    };

    /// <summary>What the role of that name, Danish or English, may do; null when there is none of that name.</summary>
    public static IReadOnlyList<string>? Find(string name) => ByName.GetValueOrDefault(name);
}
