using System.Diagnostics;
using System.Text;
using PostModtag.Application.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>
/// How deep and how many a message's elements may be. Beyond that it is not read on, so these are the places where the
/// verdict is not that of .NET's reader.
/// </summary>
public sealed class StructureLimitTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    [Theory]
    [InlineData(62, false)]
    [InlineData(63, true)]
    [InlineData(100_000, true)]
    public async Task Elements_go_64_deep(int within, bool tooDeep)
    {
        var deep = new StringBuilder().Insert(0, "<memo:a>", within).Insert(within * 8, "</memo:a>", within);

        (await RejectionAsync(new TestMemo { ExtraHeader = deep.ToString() })).Code.ShouldBe((tooDeep ? ReceiptError.StructureLimitExceeded : ReceiptError.SchemaViolation).Code);
    }

    [Theory]
    [InlineData(99_900, false)]
    [InlineData(100_001, true)]
    public async Task There_are_at_most_100000_elements(int count, bool tooMany)
    {
        var many = new StringBuilder().Insert(0, "<memo:a/>", count);

        (await RejectionAsync(new TestMemo { ExtraHeader = many.ToString() })).Code.ShouldBe((tooMany ? ReceiptError.StructureLimitExceeded : ReceiptError.SchemaViolation).Code);
    }

    [Fact]
    public async Task A_message_that_only_has_too_many_elements_for_this_server_follows_the_schema_of_NET_and_is_rejected()
    {
        const string Reply = "<memo:ReplyData><memo:messageUUID>8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32</memo:messageUUID></memo:ReplyData>";
        var memo = new TestMemo { ExtraHeader = new StringBuilder().Insert(0, Reply, 50_000).ToString() };

        ReferenceReader.Allows(memo.ToBytes()).ShouldBeTrue();
        (await RejectionAsync(memo)).Code.ShouldBe(ReceiptError.StructureLimitExceeded.Code);
    }

    [Theory]
    [InlineData("memo:ContentData", 64, false)]
    [InlineData("memo:ContentData", 65, true)]
    [InlineData("memo:unknown", 65, true)]
    public async Task An_element_has_at_most_64_attributes(string name, int count, bool tooMany)
    {
        var attributes = string.Join(' ', Enumerable.Range(1, count).Select(i => $"a{i}='1'"));

        (await RejectionAsync(new TestMemo { ExtraHeader = $"<{name} {attributes}/>" })).Code
            .ShouldBe((tooMany ? ReceiptError.StructureLimitExceeded : ReceiptError.SchemaViolation).Code);
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public async Task There_are_at_most_1000_files(int count, bool tooMany)
    {
        var memo = new TestMemo();
        while (memo.Files.Count < count)
            memo.Files.Add(("bilag.txt", "text/plain", [1]));

        var read = await reader.Infrastructure.ReadMessageAsync(memo.ToBytes());

        (read.Rejection?.Code).ShouldBe(tooMany ? ReceiptError.StructureLimitExceeded.Code : null);
    }

    [Fact]
    public async Task White_space_that_a_type_would_drop_counts_to_the_longest_text_of_4096_characters()
    {
        var memo = new TestMemo { MessageType = "NEMSMS", HasBody = false };
        string With(int spaces) => memo.ToString().Replace("<memo:Sender>", $"<memo:reply>{new string(' ', spaces)}true</memo:reply><memo:Sender>", StringComparison.Ordinal);

        ReferenceReader.Allows(Encoding.UTF8.GetBytes(With(4_093))).ShouldBeTrue();
        (await reader.Infrastructure.ReadMessageAsync(Encoding.UTF8.GetBytes(With(4_092)))).Rejection.ShouldBeNull();
        (await reader.Infrastructure.ReadMessageAsync(Encoding.UTF8.GetBytes(With(4_093)))).Rejection.ShouldNotBeNull()
            .Violations.ShouldHaveSingleItem().XPath.ShouldBe("/memo:Message/memo:MessageHeader/memo:reply");
    }

    [Fact]
    public async Task Text_outside_the_files_comes_to_at_most_4000000_characters()
    {
        var text = $"<memo:a>{new string('x', 4_000)}</memo:a>";

        (await RejectionAsync(new TestMemo { ExtraHeader = new StringBuilder().Insert(0, text, 990).ToString() })).Code.ShouldBe(ReceiptError.SchemaViolation.Code);
        (await RejectionAsync(new TestMemo { ExtraHeader = new StringBuilder().Insert(0, text, 1_001).ToString() })).Code.ShouldBe(ReceiptError.StructureLimitExceeded.Code);
    }

    [Fact]
    public async Task Beyond_a_limit_the_body_is_still_kept_whole()
    {
        var body = new TestMemo { ExtraHeader = new StringBuilder().Insert(0, "<memo:a/>", 200_000).ToString() }.ToBytes();

        (await reader.Infrastructure.ReadMessageAsync(body)).Xml.Length.ShouldBe(body.Length);
    }

    [Fact]
    public async Task Beyond_a_limit_before_its_messageUUID_it_is_no_message()
    {
        var memo = new TestMemo { MessageType = new StringBuilder().Insert(0, "<memo:a/>", 100_001).ToString() };

        (await reader.Infrastructure.ReadNoMessageAsync(memo.ToBytes())).Reason.ShouldBe(NotAMessageReason.MessageUuidMissing);
    }

    [Fact]
    public async Task Many_faults_take_no_longer_than_few()
    {
        var memo = new TestMemo { ExtraHeader = new StringBuilder().Insert(0, "<memo:a/>", 99_900).ToString() };
        var watch = Stopwatch.StartNew();

        await RejectionAsync(memo);

        // Seconds where each fault looked at all before it; tenths where it does not.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private async Task<Rejection> RejectionAsync(TestMemo memo) =>
        (await reader.Infrastructure.ReadMessageAsync(memo.ToBytes())).Rejection.ShouldNotBeNull();
}
