namespace PostModtag.Domain.Audit;

/// <summary>Who changed or saw what, and when. It never changes itself, and holds no field value of a message.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done.</param>
/// <param name="Authority">The CVR number of the authority whose rules it was about; null when it was about none.</param>
/// <param name="Fagsystem">The key of the fagsystem that it was about; null when it was about none.</param>
/// <param name="Detail">What was changed or seen, in words.</param>
public sealed record AuditEntry(DateTimeOffset At, string Actor, AuditAction Action, string? Authority, string? Fagsystem, string Detail)
{
    /// <summary>The order of the trail; given by the store.</summary>
    public long Id { get; private set; }
}

/// <summary>What can be done to what the server is set up with, and to the messages that it keeps.</summary>
public enum AuditAction
{
    /// <summary>A fagsystem was registered.</summary>
    FagsystemRegistered,

    /// <summary>A fagsystem was changed.</summary>
    FagsystemChanged,

    /// <summary>A fagsystem was removed.</summary>
    FagsystemRemoved,

    /// <summary>A draft was saved.</summary>
    DraftSaved,

    /// <summary>A rule file was put in the place of the draft.</summary>
    DraftImported,

    /// <summary>A draft was discarded.</summary>
    DraftDiscarded,

    /// <summary>A draft was published.</summary>
    RulesPublished,

    /// <summary>An earlier publication was published again.</summary>
    RulesRepublished,

    /// <summary>What is presented to a fagsystem was set.</summary>
    CredentialSet,

    /// <summary>What was presented to a fagsystem was removed.</summary>
    CredentialRemoved,

    /// <summary>A message's fagsystem was asked again by a person.</summary>
    MessageRetried,

    /// <summary>A receipt or a copy that had been refused or given up was sent again.</summary>
    OutboxRetried,

    /// <summary>A message was sent to another fagsystem by a person.</summary>
    MessageRedirected,

    /// <summary>A message was rejected by a person.</summary>
    MessageRejected,

    /// <summary>A message was shown: its fields, its XML, one of its files, or why it went where it went.</summary>
    MessageViewed,

    /// <summary>The XML and the files of messages were deleted, as the settings say.</summary>
    ContentsDeleted,

    /// <summary>Messages were deleted with all that was kept of them, as the settings say.</summary>
    MessagesDeleted,

    /// <summary>A CPR number that is masked was shown to a person.</summary>
    CprShown,
}
