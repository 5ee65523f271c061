using CsCheck;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>Values are personal data: a violation says what was expected and never what was there.</summary>
public sealed class ViolationSilenceTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    private const string Secret = "HEMMELIG0113701234";

    private static readonly Gen<string> Values = Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyzæøå0123456789 .-:/@+="], 520, 700];

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task No_value_of_a_message_occurs_in_a_violation(string version)
    {
        var values = new BadValues(version);
        await Gen.Select(Gen.Int[0, values.Count - 1], Values).Array[1, 40].SampleAsync(
            async replaced =>
            {
                var byPlace = replaced.GroupBy(pair => pair.Item1).ToDictionary(places => places.Key, places => places.First().Item2);
                var texts = await TextsAsync(values.With(byPlace.Keys, place => byPlace[place]));
                foreach (var value in byPlace.Values)
                    texts.ShouldNotContain(value.Trim()[..12]);
            },
            iter: 30, threads: 1);
    }

    [Theory]
    [InlineData("Label", "x<memo:b>" + Secret + "</memo:b>")]
    [InlineData("ExtraHeader", "<memo:ContentData size='" + Secret + "'/>")]
    [InlineData("ExtraHeader", "<memo:ContentData xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='" + Secret + "'/>")]
    [InlineData("ExtraHeader", "<memo:ContentData xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='" + Secret + "'/>")]
    [InlineData("ExtraHeader", "<memo:unknown>" + Secret + "</memo:unknown>")]
    [InlineData("ExtraHeader", "<x:unknown xmlns:x='urn:" + Secret + "'/>")]
    [InlineData("ExtraHeader", Secret)]
    [InlineData("ExtraHeader", "<![CDATA[" + Secret + "]]>")]
    [InlineData("ExtraHeader", "<memo:unknown/><!--" + Secret + "--><?" + Secret + " " + Secret + "?>")]
    [InlineData("MemoVersion", Secret)]
    [InlineData("MessageType", Secret)]
    public async Task What_stands_where_it_should_not_is_not_quoted(string property, string value)
    {
        var memo = new TestMemo();
        typeof(TestMemo).GetProperty(property)!.SetValue(memo, value);

        (await TextsAsync(memo.ToBytes())).ShouldNotContain(Secret);
    }

    private async Task<string> TextsAsync(byte[] message)
    {
        var rejection = (await reader.Infrastructure.ReadMessageAsync(message)).Rejection.ShouldNotBeNull();
        rejection.Violations.ShouldNotBeEmpty();
        return string.Join('\n', rejection.Violations.Select(violation => violation.ToString()).Append(rejection.Message));
    }
}
