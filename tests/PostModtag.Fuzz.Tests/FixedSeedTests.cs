namespace PostModtag.Fuzz.Tests;

/// <summary>Bodies for two minutes, the same ones each time. build/fuzz.sh goes on for hours where these end.</summary>
public abstract class FixedSeedTests(int seed)
{
    private const int Bodies = 50_000;

    [Fact]
    public async Task Whatever_is_changed_in_a_message_the_reader_says_of_it_what_NET_says()
    {
        using var fuzzer = new Fuzzer();
        for (var iteration = 0; iteration < Bodies; iteration++)
        {
            if (await fuzzer.TryAsync(seed, iteration) is { } finding)
                finding.ShouldBeNull($"{finding.Keep()}: {finding.Fault}");
        }

        // A change that breaks every message, or none, finds nothing.
        fuzzer.Answers.Valid.ShouldBeGreaterThan(Bodies / 20);
        fuzzer.Answers.Rejected.ShouldBeGreaterThan(Bodies / 5);
        fuzzer.Answers.NoMessage.ShouldBeGreaterThan(Bodies / 20);
    }
}

/// <summary>A class each, so that they run side by side.</summary>
public sealed class FirstSeedTests() : FixedSeedTests(1);

/// <inheritdoc cref="FirstSeedTests"/>
public sealed class SecondSeedTests() : FixedSeedTests(2);
