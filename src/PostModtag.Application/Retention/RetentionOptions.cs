namespace PostModtag.Application.Retention;

/// <summary>How long messages are kept, counted from their final receipt. A message that is not decided is always kept.</summary>
public sealed class RetentionOptions : RetentionPeriods
{
    /// <summary>The hour of the day, by Danish clocks, in which it is done; null (the default) for every hour.</summary>
    public int? Hour { get; set; }

    /// <summary>
    /// Whether PostgreSQL's tables are rewritten after something was deleted, so that their files have no byte of it any more. Meanwhile
    /// nobody else can use them.
    /// </summary>
    public bool RewriteTables { get; set; }

    /// <summary>What is otherwise with an authority, by its CVR number. What it does not say is as for all.</summary>
    public IReadOnlyDictionary<string, RetentionPeriods> Authorities { get; set; } = new Dictionary<string, RetentionPeriods>();
}

/// <summary>How many days the parts of a message are kept.</summary>
public class RetentionPeriods
{
    /// <summary>
    /// For how long nobody deletes what a message was: a sender that has had no answer sends it again for seven days, and it must be known
    /// until that is long over.
    /// </summary>
    public const int LeastMetadataDays = 30;

    /// <summary>The most days that can be set.</summary>
    public const int MostDays = 36_500;

    /// <summary>Its XML and its files, in days. Null (the default) keeps them as long as the rest.</summary>
    public int? ContentsDays { get; set; }

    /// <summary>All of it, in days. Null (the default) keeps it for ever.</summary>
    public int? MetadataDays { get; set; }
}
