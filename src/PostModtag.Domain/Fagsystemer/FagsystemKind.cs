namespace PostModtag.Domain.Fagsystemer;

/// <summary>How a fagsystem gets its messages.</summary>
public enum FagsystemKind
{
    /// <summary>The server accepts for it and keeps the messages, for people to read.</summary>
    Inbox,

    /// <summary>Code in this process that is registered under the fagsystem's key.</summary>
    Handler,

    /// <summary>Another host with an EP_FS1 of its own.</summary>
    Rest,
}
