using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Memo;

/// <summary>The violations of one message. So many are kept; a message with more is as wrong as it gets.</summary>
internal sealed class ViolationList
{
    public const int MaxKept = 100;

    private readonly List<Violation> _kept = [];

    public IReadOnlyList<Violation> Kept => _kept;

    public bool IsEmpty => _kept.Count == 0;

    public bool IsFull => _kept.Count == MaxKept;

    public void Add(Violation violation)
    {
        if (!IsFull)
            _kept.Add(violation);
    }
}
