using System.Numerics;

namespace PostModtag.Domain.Rules;

/// <summary>
/// The rules that stand under parts of a field's values. One walk along a value finds all the parts that are in it,
/// however many there are (Aho and Corasick, 1975): each state is the longest beginning of a part that the text so far
/// ends in.
/// </summary>
internal sealed class PartIndex
{
    private readonly List<State> _states = [new(0, '\0', 0)];

    // The next state by state and character, in one table without chains: most characters lead nowhere, and here that is seen at once.
    private readonly long[] _keys;
    private readonly int[] _next;

    public PartIndex(IReadOnlyCollection<KeyValuePair<string, RuleNode>> parts)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * parts.Sum(part => part.Key.Length) + 1));
        (_keys, _next) = (new long[size], new int[size]);
        foreach (var (part, node) in parts)
            Add(part, node);

        // A state's shorter one is found by those of its parent, so the beginnings are taken from the shortest on.
        foreach (var state in _states.Skip(1).OrderBy(state => state.Length))
        {
            state.Shorter = state.Parent == 0 ? 0 : Step(_states[state.Parent].Shorter, state.Character);
            state.ShorterPart = _states[state.Shorter] is { Node: not null } ? state.Shorter : _states[state.Shorter].ShorterPart;
        }
    }

    /// <summary>Asks the rules whose parts are in the value.</summary>
    public void Find<TSearch>(scoped ReadOnlySpan<char> value, ref FirstRule<TSearch> search)
        where TSearch : struct, IRuleSearch
    {
        var place = 0;
        foreach (var character in value)
        {
            place = Step(place, Fold(character));
            for (var part = place; part != 0; part = _states[part].ShorterPart)
                _states[part].Node?.Find(ref search);
        }
    }

    private void Add(string part, RuleNode node)
    {
        var place = 0;
        foreach (var character in part)
        {
            var folded = Fold(character);
            ref var next = ref _next[Slot(place, folded)];
            if (next == 0)
            {
                _keys[Slot(place, folded)] = Key(place, folded);
                next = _states.Count;
                _states.Add(new State(place, folded, _states[place].Length + 1));
            }

            place = next;
        }

        // Two parts can be one here when they differ in what folds alike; then both are asked.
        _states[place].Node = _states[place].Node is { } other ? RuleNode.Of(other, node) : node;
    }

    /// <summary>The state after one more character: the longest beginning that still fits.</summary>
    private int Step(int place, char character)
    {
        while (true)
        {
            var next = _next[Slot(place, character)];
            if (next != 0 || place == 0)
                return next;
            place = _states[place].Shorter;
        }
    }

    /// <summary>Where in the table the step stands; where it would stand when there is none.</summary>
    private int Slot(int place, char character)
    {
        var key = Key(place, character);
        var slot = (int)((ulong)key * 0x9E3779B97F4A7C15 >> 32) & (_keys.Length - 1);
        while (_keys[slot] != key && _keys[slot] != 0)
            slot = (slot + 1) & (_keys.Length - 1);
        return slot;
    }

    private static long Key(int place, char character) => ((long)place << 16 | character) + 1;

    /// <summary>Letter case never counts here. Characters in two halves are only told apart by the condition itself.</summary>
    private static char Fold(char character) => char.IsSurrogate(character) ? '\uD800' : char.ToUpperInvariant(character);

    private sealed class State(int parent, char character, int length)
    {
        public int Parent => parent;

        public char Character => character;

        public int Length => length;

        /// <summary>The longest shorter beginning that this one ends in.</summary>
        public int Shorter { get; set; }

        /// <summary>The longest shorter whole part that this one ends in; 0 when there is none.</summary>
        public int ShorterPart { get; set; }

        /// <summary>The rules, where this is a whole part.</summary>
        public RuleNode? Node { get; set; }
    }
}
