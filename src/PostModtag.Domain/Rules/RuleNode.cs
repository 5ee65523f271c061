using PostModtag.Domain.Memo;

namespace PostModtag.Domain.Rules;

/// <summary>Rules that stand together in the index: some to be asked at once, others under values of fields.</summary>
internal sealed class RuleNode
{
    private readonly int[] _asked;
    private readonly FieldIndex[] _fields;

    /// <param name="asked">The places of the rules to be asked at once, in order.</param>
    /// <param name="fields">The others.</param>
    /// <param name="first">The place of the first of all.</param>
    public RuleNode(int[] asked, FieldIndex[] fields, int first)
    {
        // A field whose first rule stands behind what was found is not even read.
        _asked = asked;
        _fields = [.. fields.OrderBy(field => field.First)];
        First = first;
    }

    /// <summary>The place of the first of its rules.</summary>
    public int First { get; }

    /// <summary>Both nodes as one.</summary>
    public static RuleNode Of(RuleNode one, RuleNode other) =>
        new([.. one._asked.Concat(other._asked).Order()], [.. one._fields, .. other._fields], Math.Min(one.First, other.First));

    /// <summary>Asks the rules to which the values lead.</summary>
    public void Find<TSearch>(ref FirstRule<TSearch> search)
        where TSearch : struct, IRuleSearch
    {
        if (First >= search.Place)
            return;
        search.Ask(_asked);
        foreach (var field in _fields)
        {
            if (field.First >= search.Place)
                return;
            var values = new FieldValues();
            search.Read(field.Field, ref values);
            for (var place = 0; place < values.Count; place++)
                field.Find(values[place], ref search);
        }
    }
}
