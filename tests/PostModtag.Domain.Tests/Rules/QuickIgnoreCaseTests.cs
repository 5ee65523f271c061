using PostModtag.Domain.Rules;

namespace PostModtag.Domain.Tests.Rules;

/// <summary>Rules are looked up by a hash of our own. It finds what OrdinalIgnoreCase finds.</summary>
public sealed class QuickIgnoreCaseTests
{
    [Fact]
    public void Every_character_is_found_by_its_capital_and_its_small_letter_wherever_it_stands()
    {
        for (var character = '\0'; character < char.MaxValue; character++)
        {
            foreach (var other in new[] { char.ToUpperInvariant(character), char.ToLowerInvariant(character) })
            {
                foreach (var frame in new[] { "{0}", "abcd{0}", "27.12.{0}6 abcdefgh" })
                    ShouldAgree(frame.Replace("{0}", character.ToString(), StringComparison.Ordinal), frame.Replace("{0}", other.ToString(), StringComparison.Ordinal).ToUpperInvariant());
            }
        }
    }

    [Fact]
    public void No_character_beyond_ascii_is_equal_to_one_of_ascii()
    {
        for (var character = '\x80'; character < char.MaxValue; character++)
        {
            for (var ascii = 'a'; ascii <= 'z'; ascii++)
                MemoryExtensions.Equals([character], [ascii], StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
        }
    }

    [Fact]
    public void Values_that_differ_in_one_place_only_are_told_apart()
    {
        var values = Enumerable.Range(0, 10_000).Select(i => $"c0000000-0000-4000-8000-{i:000000000000}")
            .Concat(Enumerable.Range(0, 10_000).Select(i => $"{i:00000000}-0000-4000-8000-000000000000")).Concat(Enumerable.Range(0, 10_000).Select(i => $"{i}")).ToList();

        values.Select(value => QuickIgnoreCase.Instance.GetHashCode(value)).Distinct().Count().ShouldBeGreaterThan(values.Count * 999 / 1000);
    }

    private static void ShouldAgree(string one, string other)
    {
        if (!one.Equals(other, StringComparison.OrdinalIgnoreCase))
            return;
        QuickIgnoreCase.Instance.Equals(one, other).ShouldBeTrue();
        QuickIgnoreCase.Instance.GetHashCode(one.AsSpan()).ShouldBe(QuickIgnoreCase.Instance.GetHashCode(other));
    }
}
