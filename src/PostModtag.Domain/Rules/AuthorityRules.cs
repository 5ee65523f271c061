namespace PostModtag.Domain.Rules;

/// <summary>The rules of an authority (myndighed): the draft that is edited, and which publication counts.</summary>
public sealed class AuthorityRules
{
    private AuthorityRules()
    {
    }

    /// <summary>The authority's CVR number.</summary>
    public string Cvr { get; private set; } = "";

    /// <summary>The publication that counts, which is the last one; null when nothing has been published.</summary>
    public int? CurrentVersion { get; private set; }

    /// <summary>The draft; null when there is none.</summary>
    public RuleSet? Draft { get; private set; }

    /// <summary>When the draft was saved, UTC; null when there is none.</summary>
    public DateTimeOffset? DraftChangedAt { get; private set; }

    /// <summary>Who saved the draft; null when there is none.</summary>
    public string? DraftChangedBy { get; private set; }

    /// <summary>Grows with each change; 0 for an authority of which nothing is kept.</summary>
    public long Revision { get; private set; }

    /// <summary>An authority without rules.</summary>
    public static AuthorityRules For(string cvr) => new() { Cvr = cvr };

    /// <summary>Whether text is a CVR number, 8 digits.</summary>
    public static bool IsCvr(string text) => text.Length == 8 && text.All(char.IsAsciiDigit);

    /// <summary>Saves a draft in the place of the one there is.</summary>
    public void SaveDraft(RuleSet draft, string actor, DateTimeOffset now)
    {
        (Draft, DraftChangedAt, DraftChangedBy) = (draft, now, actor);
        Revision++;
    }

    /// <summary>Drops the draft.</summary>
    public void DiscardDraft()
    {
        (Draft, DraftChangedAt, DraftChangedBy) = (null, null, null);
        Revision++;
    }

    /// <summary>Publishes the draft, and uses it up.</summary>
    /// <exception cref="InvalidOperationException">There is no draft.</exception>
    public Publication PublishDraft(string actor, string comment, DateTimeOffset now)
    {
        var publication = Publish(Draft ?? throw new InvalidOperationException("There is no draft to publish."), null, actor, comment, now);
        (Draft, DraftChangedAt, DraftChangedBy) = (null, null, null);
        return publication;
    }

    /// <summary>Publishes an earlier version again, under a new number.</summary>
    public Publication PublishAgain(Publication earlier, string actor, string comment, DateTimeOffset now) =>
        Publish(earlier.RuleSet, earlier.Number, actor, comment, now);

    private Publication Publish(RuleSet ruleSet, int? again, string actor, string comment, DateTimeOffset now)
    {
        CurrentVersion = (CurrentVersion ?? 0) + 1;
        Revision++;
        return new Publication(Cvr, CurrentVersion.Value, ruleSet.Rules.Count, now, actor, comment, again) { RuleSet = ruleSet };
    }
}

/// <summary>A published version of an authority's rules. It never changes.</summary>
/// <param name="Cvr">The authority's CVR number.</param>
/// <param name="Number">Its number, from 1, without gaps.</param>
/// <param name="RuleCount">How many rules it has.</param>
/// <param name="PublishedAt">When, UTC.</param>
/// <param name="PublishedBy">Who.</param>
/// <param name="Comment">Why.</param>
/// <param name="Again">The earlier version that it is again; null when it was a draft.</param>
public sealed record Publication(string Cvr, int Number, int RuleCount, DateTimeOffset PublishedAt, string PublishedBy, string Comment, int? Again)
{
    /// <summary>The rules.</summary>
    public required RuleSet RuleSet { get; init; }
}
