namespace PostModtag.Domain.Fagsystemer;

/// <summary>Whether a fagsystem takes messages.</summary>
public enum FagsystemState
{
    /// <summary>It takes messages.</summary>
    Active,

    /// <summary>It takes none for now; messages for it are not decided until it does again.</summary>
    Paused,

    /// <summary>It takes no more messages; it stays for those that it has taken.</summary>
    Retired,
}
