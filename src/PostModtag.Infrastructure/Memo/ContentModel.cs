using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Memo;

/// <summary>
/// Where an element's children have come to in the row of slots that its type allows. After a fault it goes on at the
/// place that fits best, so that each fault is found once and those after it too.
/// </summary>
internal struct ContentModel(SchemaType type)
{
    private int _slot;
    private int _count;

    /// <summary>
    /// Takes the next child. Returns its declaration, or null when the type has no such child; <paramref name="expected"/>
    /// is null when it may stand here, else it says what should.
    /// </summary>
    public SchemaElement? Next(string @namespace, string name, out BilingualText? expected)
    {
        expected = null;
        var slots = type.Slots;
        for (var slot = _slot; slot < slots.Count; slot++)
        {
            var count = slot == _slot ? _count : 0;
            if (count < slots[slot].Max && Find(slots[slot], @namespace, name) is { } allowed)
            {
                (_slot, _count) = (slot, count + 1);
                return allowed;
            }

            if (count < slots[slot].Min)
                break;
        }

        expected = Expected();
        for (var slot = 0; slot < slots.Count; slot++)
        {
            if (Find(slots[slot], @namespace, name) is not { } misplaced)
                continue;
            if (slot > _slot)
                (_slot, _count) = (slot, 1);
            return misplaced;
        }

        return null;
    }

    /// <summary>Null when the children may end here, else what should come first.</summary>
    public readonly BilingualText? End()
    {
        for (var slot = _slot; slot < type.Slots.Count; slot++)
        {
            if ((slot == _slot ? _count : 0) < type.Slots[slot].Min)
                return Expected();
        }

        return null;
    }

    private readonly BilingualText Expected()
    {
        var steps = new List<string>();
        for (var slot = _slot; slot < type.Slots.Count; slot++)
        {
            var count = slot == _slot ? _count : 0;
            if (count < type.Slots[slot].Max)
                steps.AddRange(type.Slots[slot].Elements.Select(element => element.Step));
            if (count < type.Slots[slot].Min)
                break;
        }

        return steps.Count == 0
            ? new BilingualText("forventede ikke flere elementer her", "expected no more elements here")
            : new BilingualText("forventede her " + string.Join(" eller ", steps), "expected here " + string.Join(" or ", steps));
    }

    private static SchemaElement? Find(Slot slot, string @namespace, string name)
    {
        foreach (var element in slot.Elements)
        {
            if (element.Is(@namespace, name))
                return element;
        }

        return null;
    }
}
