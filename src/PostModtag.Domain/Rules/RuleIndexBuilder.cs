using System.Runtime.InteropServices;

namespace PostModtag.Domain.Rules;

/// <summary>Divides rules among the values of their conditions.</summary>
internal sealed class RuleIndexBuilder
{
    /// <summary>So many rules are asked one after the other as quickly as they are divided further.</summary>
    private const int Few = 12;

    // The keys of each rule's conditions, by their places among all keys: those are quicker to count by.
    private readonly int[][][] _keys;
    private readonly List<IndexKey> _allKeys = [];

    // How often rules may still be entered further down. A rule stands under each value of its condition, and under each
    // again at the next division: this keeps rules with long lists of values from filling the memory.
    private long _room;

    public RuleIndexBuilder(CompiledRule[] rules)
    {
        var places = new Dictionary<IndexKey, int>();
        _keys = [.. rules.Select(rule => rule.Tests.Select(test => Array.ConvertAll(IndexKey.Of(test), Place)).ToArray())];
        _room = 16L * rules.Length;

        int Place(IndexKey key)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, key, out var isKnown);
            if (!isKnown)
            {
                place = _allKeys.Count;
                _allKeys.Add(key);
            }

            return place;
        }
    }

    public RuleNode Build() => Divide([.. Enumerable.Range(0, _keys.Length).Select(place => new Entry(place, 0))]);

    private RuleNode Node(List<Entry> entries) => entries.Count <= Few || (_room -= entries.Count) < 0
        ? new RuleNode([.. entries.Select(entry => entry.Place)], [], entries[0].Place)
        : Divide(entries);

    private RuleNode Divide(List<Entry> entries)
    {
        var sharers = new Dictionary<int, int>();
        foreach (var entry in entries)
        {
            for (var test = 0; test < _keys[entry.Place].Length; test++)
            {
                foreach (var key in entry.Keys(_keys, test))
                    CollectionsMarshal.GetValueRefOrAddDefault(sharers, key, out _)++;
            }
        }

        var asked = new List<int>();
        var divided = new Dictionary<int, List<Entry>>();
        foreach (var entry in entries)
        {
            var rarest = Rarest(entry, sharers);
            if (rarest < 0)
                asked.Add(entry.Place);
            foreach (var key in entry.Keys(_keys, rarest))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(divided, key, out _) ??= []).Add(entry with { Used = entry.Used | (1UL << rarest) });
            }
        }

        var fields = divided.GroupBy(pair => _allKeys[pair.Key].Field, (field, its) => new FieldIndex(field, its.Select(pair => (_allKeys[pair.Key], Node(pair.Value)))));
        return new RuleNode([.. asked], [.. fields], entries.Count > 0 ? entries[0].Place : 0);
    }

    /// <summary>The condition, of those by which the rule has not been divided yet, under whose values the fewest rules stand; -1 when there is none.</summary>
    private int Rarest(Entry entry, Dictionary<int, int> sharers)
    {
        var (rarest, fewest) = (-1, long.MaxValue);
        for (var test = 0; test < _keys[entry.Place].Length; test++)
        {
            var sum = 0L;
            foreach (var key in entry.Keys(_keys, test))
                sum += sharers[key] * _allKeys[key].Weight;
            if (sum > 0 && sum < fewest)
                (rarest, fewest) = (test, sum);
        }

        return rarest;
    }

    /// <summary>A rule, by its place, and which of its conditions it has been divided by.</summary>
    private readonly record struct Entry(int Place, ulong Used)
    {
        /// <summary>The keys of a condition that the rule can still be divided by; none when it cannot.</summary>
        public int[] Keys(int[][][] all, int test) => test is >= 0 and < 64 && (Used & (1UL << test)) == 0 ? all[Place][test] : [];
    }
}
