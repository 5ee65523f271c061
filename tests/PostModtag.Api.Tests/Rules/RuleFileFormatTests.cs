using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Rules;
using PostModtag.Domain.Rules;

namespace PostModtag.Api.Tests.Rules;

/// <summary>Whatever a rule set is, written and read again it is the same.</summary>
public sealed class RuleFileFormatTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly Gen<char> OddCharacter = Gen.OneOf("\"'\\:#-?,[]{}&*!|>%@`~ \t\r\n\u0007\u001b\u0085\u00a0\u2028\u2029\ufeff\ufffd<=\u00e6\u00c5\u0130".ToCharArray());

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.OneOf(OddCharacter, Gen.Char.AlphaNumeric, Gen.Char['\u00a1', '\ud7ff']).Array[0, 20].Select(characters => new string(characters)),
        Gen.OneOf("", " ", "null", "~", "true", "no", "27.10", "0x1F", "1e3", "2026-11-23", "---", "...", "- a", "a: b", "a #b", " a ", "\"", "'", "\\", "*a", "&a", "!a", "%", "\ud83d\udce8", "<<", new string('x', 300), new string('å', 200) + " " + new string('y', 200)));

    private static readonly string[] Pieces =
    [
        "rules", "name", "priority", "conditions", "values", "- ", "-", ": ", ":", "? ", "[", "]", "{", "}", ", ", ",", "\n", "\n  ", "\n    ", "\r\n", "\t", "\"", "'", "#", " #", "|\n", ">-\n",
        "&a ", "*a", "!!str ", "!", "%YAML 1.2\n", "---\n", "...\n", "~", "1", "true", "@", "`", "\\", "\\x", "\u0000", "\ufeff", "<<", "å", "\ud83d\udce8",
    ];

    private static readonly Gen<DateOnly?> Day = Gen.OneOf(Gen.Const((DateOnly?)null), Gen.DateOnly.Select(day => (DateOnly?)day));

    private static readonly Gen<Condition> Condition = Gen.Select(Text, Gen.Enum<ConditionOperator>(), Text.Array[0, 4], Gen.Bool, Gen.Bool)
        .Select((field, @operator, values, not, caseSensitive) => new Condition(field, @operator, values, not, caseSensitive));

    private static readonly Gen<DistributionRule> Rule = Gen.Select(Text, Gen.Int, Condition.Array[0, 4], Text, Day, Day, Gen.Bool)
        .Select((name, priority, conditions, fagsystem, from, until, enabled) => new DistributionRule(name, priority, conditions, fagsystem, from, until, enabled));

    private static readonly Gen<RuleSet> Rules = Gen.Select(Rule.Array[0, 8], Gen.Bool, Gen.OneOf(Gen.Const((string?)null), Text.Select(text => (string?)text)), Gen.Enum<WhenUndecided>())
        .Select((rules, home, otherwise, whenUndecided) => new RuleSet(rules, home, otherwise, whenUndecided));

    private readonly IRuleFileFormat _format = shared.Server.Services.GetRequiredService<IRuleFileFormat>();

    [Fact]
    public void A_rule_set_that_is_written_and_read_again_is_the_same() => Rules.Sample(
        ruleSet =>
        {
            var read = Read(_format.Write("90000001", "7", ruleSet)).ShouldBeOfType<RuleFileReading.Readable>();
            read.Authority.ShouldBe("90000001");
            Shown(read.RuleSet).ShouldBe(Shown(ruleSet));
        },
        iter: 500);

    [Fact]
    public void What_is_written_is_written_the_same_again_after_it_was_read() => Rules.Sample(
        ruleSet =>
        {
            var file = _format.Write("90000001", "7", ruleSet);
            _format.Write("90000001", "7", ((RuleFileReading.Readable)Read(file)).RuleSet).ShouldBe(file);
        },
        iter: 200);

    [Fact]
    public void Whatever_a_file_is_it_is_read_or_said_to_be_unreadable_and_where() => Gen.OneOf(Text, Gen.OneOf(Pieces).Array[0, 40].Select(string.Concat)).Sample(
        text =>
        {
            if (Read(System.Text.Encoding.UTF8.GetBytes(text)) is RuleFileReading.Unreadable unreadable)
                unreadable.Faults.ShouldAllBe(fault => fault.Place.StartsWith("line ") && fault.Message != "");
        },
        iter: 5_000);

    private RuleFileReading Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return _format.ReadAsync(stream, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Everything of it; equality of records does not look into lists.</summary>
    private static string Shown(RuleSet ruleSet) => System.Text.Json.JsonSerializer.Serialize(ruleSet with { });
}
