namespace PostModtag.Application.Administration;

/// <summary>The revisions of which a caller wants one to be there still; any when it does not mind.</summary>
public sealed class ExpectedRevision
{
    private readonly IReadOnlyList<long>? _revisions;

    private ExpectedRevision(IReadOnlyList<long>? revisions) => _revisions = revisions;

    /// <summary>Any revision will do.</summary>
    public static ExpectedRevision Any { get; } = new(null);

    /// <summary>One of these; none at all never matches.</summary>
    public static ExpectedRevision OneOf(IReadOnlyList<long> revisions) => new(revisions);

    /// <summary>Whether that is one of them.</summary>
    public bool Matches(long revision) => _revisions is null || _revisions.Contains(revision);
}
