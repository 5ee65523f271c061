using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Memo;

/// <summary>The violations of one message, as far as they are kept.</summary>
internal sealed class ViolationList
{
    private readonly List<Violation> _kept = [];

    public IReadOnlyList<Violation> Kept => _kept;

    public bool IsEmpty => _kept.Count == 0;

    public bool IsFull => _kept.Count == Violation.MostKept;

    public void Add(Violation violation)
    {
        if (!IsFull)
            _kept.Add(violation);
    }
}
