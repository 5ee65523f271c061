using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Memo;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>The examples of the contract, as the reader sees them.</summary>
public sealed class ExampleTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    public static TheoryData<string> Valid => [.. Examples.Valid];

    public static TheoryData<string> BreakingTheSchema => [.. InvalidExample.All.Where(example => example.BreaksSchema).Select(example => example.File)];

    public static TheoryData<string> BreakingOtherRules => [.. InvalidExample.All.Where(example => !example.BreaksSchema).Select(example => example.File)];

    [Theory]
    [MemberData(nameof(Valid))]
    public async Task A_valid_example_is_read_without_a_violation(string file)
    {
        var memo = await reader.Infrastructure.ReadMessageAsync(Examples.ReadValid(file));

        memo.Rejection?.Message.ShouldBeNull();
        memo.Memo.ShouldNotBeNull();
        memo.MemoVersion.ShouldBe(file.Contains("1.2", StringComparison.Ordinal) ? "1.2" : "1.1");
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public async Task The_body_of_an_example_is_kept_as_it_came(string file)
    {
        var body = Examples.ReadValid(file);

        await using var reading = await reader.Infrastructure.ReadAsync(body);

        reading.ShouldBeOfType<MemoReading.Message>().Memo.Xml
            .ShouldBe(new ContentReference(Convert.ToHexStringLower(SHA256.HashData(body)), body.Length));
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public async Task The_files_of_an_example_are_those_that_NET_decodes(string file)
    {
        var body = Examples.ReadValid(file);
        XNamespace memo = TestMemo.Namespace;
        var expected = XDocument.Load(new MemoryStream(body)).Descendants(memo + "content").Select(content => Convert.FromBase64String(content.Value))
            .Select(bytes => new ContentReference(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length));

        var read = await reader.Infrastructure.ReadMessageAsync(body);

        read.Memo.ShouldNotBeNull().Files().Select(found => new ContentReference(found.File.Content.Sha256, found.File.Content.Length))
            .ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(BreakingTheSchema))]
    public async Task An_example_that_breaks_the_schema_gives_the_place_and_the_code_that_its_table_says(string file)
    {
        var example = InvalidExample.All.Single(example => example.File == file);

        var memo = await reader.Infrastructure.ReadMessageAsync(Examples.ReadInvalid(file));

        var rejection = memo.Rejection.ShouldNotBeNull();
        rejection.Code.ShouldBe(example.ErrorCode);
        rejection.Message.ShouldBe(Examples.ReceiptOfInvalid(file).GetProperty("errorMessage").GetString());
        rejection.Violations[0].XPath.ShouldBe(example.XPath);
        memo.Memo.ShouldBeNull();

        // What stands in a wrong order, or in a wrong namespace, can show twice: where it stands and where it lacks.
        var parent = example.XPath[..example.XPath.LastIndexOf('/')];
        rejection.Violations.Count.ShouldBe(file.StartsWith("wrong-", StringComparison.Ordinal) ? 2 : 1);
        rejection.Violations.ShouldAllBe(violation => violation.XPath.StartsWith(parent, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(BreakingOtherRules))]
    public async Task An_example_that_breaks_another_rule_follows_the_schema_and_the_rule_gives_the_place_in_the_text(string file)
    {
        var example = InvalidExample.All.Single(example => example.File == file);
        var memo = await reader.Infrastructure.ReadMessageAsync(Examples.ReadInvalid(file));
        memo.Rejection.ShouldBeNull();

        var rejection = (await new MessageChecks(new MessageValidator(Options.Create(new PostModtagOptions())), [], NullLogger<MessageChecks>.Instance).CheckAsync(memo)).ShouldNotBeNull();

        rejection.Code.ShouldBe(example.ErrorCode);
        rejection.Message.ShouldBe(Examples.ReceiptOfInvalid(file).GetProperty("errorMessage").GetString());
        var violation = rejection.Violations.ShouldHaveSingleItem();
        violation.XPath.ShouldBe(example.XPath);
        var element = (IXmlLineInfo)BadValues.Find(Examples.ReadInvalid(file), violation);
        (violation.Line, violation.Column).ShouldBe((element.LineNumber, element.LinePosition));
    }

    [Fact]
    public void The_table_has_every_invalid_example() =>
        InvalidExample.All.Select(example => example.File).Order(StringComparer.Ordinal).ShouldBe(Examples.Invalid);
}
