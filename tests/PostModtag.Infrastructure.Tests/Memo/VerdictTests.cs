using System.Collections.Concurrent;
using System.Text;
using PostModtag.Application.Memo;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>The reader's own check of the schema and .NET's come to the same verdict, message by message.</summary>
public sealed class VerdictTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    private const string Emoji = "💌";

    [Fact]
    public async Task On_every_example() =>
        await AgreeAsync(
            [
                .. Examples.Valid.Select(name => new Mutant(name, Examples.ReadValid(name))),
                .. Examples.Invalid.Select(name => new Mutant(name, Examples.ReadInvalid(name))),
            ],
            atLeastValid: Examples.Valid.Count,
            atLeastInvalid: InvalidExample.All.Count(example => example.BreaksSchema));

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task On_every_change_of_every_element(string version) =>
        await AgreeAsync(StructureMutants.Of(version), atLeastValid: 1_000, atLeastInvalid: 2_500);

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task On_every_value_at_the_bounds_of_its_type(string version) =>
        await AgreeAsync(ValueMutants.OfItsType(version), atLeastValid: 300, atLeastInvalid: 500);

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task On_values_that_belong_to_other_types(string version) =>
        await AgreeAsync(ValueMutants.OfOtherTypes(version), atLeastValid: 500, atLeastInvalid: 500);

    [Fact]
    public async Task On_all_but_the_length_of_characters_outside_the_basic_plane_of_which_NET_counts_each_as_two()
    {
        var most = new Mutant("256 characters", new TestMemo { Label = new StringBuilder().Insert(0, Emoji, 256).ToString() }.ToBytes());

        ReferenceReader.Allows(most.Message).ShouldBeFalse();
        (await AllowsAsync(most)).ShouldBeTrue();
        (await AllowsAsync(new Mutant("257 characters", new TestMemo { Label = new StringBuilder().Insert(0, Emoji, 257).ToString() }.ToBytes()))).ShouldBeFalse();
    }

    /// <summary>The message with another character, which .NET counts as one, for each that it counts as two. All are in UTF-8.</summary>
    private static byte[] InOneUnitEach(byte[] message) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(message).Replace(Utf8(Emoji), Utf8("\uFFFD"), StringComparison.Ordinal));

    private static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private async Task AgreeAsync(IEnumerable<Mutant> mutants, int atLeastValid, int atLeastInvalid)
    {
        var (valid, invalid) = (0, 0);
        var disagreements = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(mutants, async (mutant, _) =>
        {
            var expected = ReferenceReader.Allows(InOneUnitEach(mutant.Message));
            Interlocked.Increment(ref expected ? ref valid : ref invalid);
            if (await AllowsAsync(mutant) != expected)
                disagreements.Enqueue($"{(expected ? "valid" : "invalid")}, says .NET: {mutant.Change}");
        });

        disagreements.ShouldBeEmpty();
        valid.ShouldBeGreaterThanOrEqualTo(atLeastValid);
        invalid.ShouldBeGreaterThanOrEqualTo(atLeastInvalid);
    }

    private async Task<bool> AllowsAsync(Mutant mutant)
    {
        try
        {
            await using var reading = await reader.Infrastructure.ReadAsync(mutant.Message);
            return reading is MemoReading.Message { Memo.Rejection: null };
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The reader failed: {mutant.Change}", exception);
        }
    }
}
