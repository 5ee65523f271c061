using System.Globalization;
using System.Text;
using PostModtag.Application.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>An XML reader holds a tag whole, whatever its length: it must not get one that is huge.</summary>
[Collection(nameof(Alone))]
public sealed class HugeMarkupTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    private const int Huge = 20_000_000;
    private const long MostAllocated = 40_000_000;

    [Theory]
    [InlineData("name")]
    [InlineData("value")]
    [InlineData("attributes")]
    [InlineData("namespaces")]
    public async Task A_huge_tag_is_refused_in_bounded_memory(string what)
    {
        var body = new TestMemo { ExtraHeader = Tag(what) }.ToBytes();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var memo = await reader.Infrastructure.ReadMessageAsync(body);

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(MostAllocated);
        memo.Rejection.ShouldNotBeNull().Code.ShouldBe(ReceiptError.StructureLimitExceeded.Code);
        memo.Xml.Length.ShouldBe(body.Length);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("attributes")]
    public async Task A_body_that_begins_with_a_huge_tag_is_no_message(string what)
    {
        var body = Encoding.UTF8.GetBytes(Tag(what).Replace("memo:", "", StringComparison.Ordinal));
        var before = GC.GetTotalAllocatedBytes(precise: true);

        (await reader.Infrastructure.ReadNoMessageAsync(body)).Reason.ShouldBe(NotAMessageReason.MessageUuidMissing);

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(MostAllocated);
    }

    [Theory]
    [InlineData("<memo:{0}{1}/>")]
    [InlineData("<memo:a {0}{1}='1'/>")]
    [InlineData("<memo:a xmlns:x='{0}{1}'/>")]
    public async Task Many_long_names_are_refused_before_all_are_kept(string tag)
    {
        var name = new string('n', 400_000);
        var body = new TestMemo { ExtraHeader = string.Concat(Enumerable.Range(0, 100).Select(i => string.Format(CultureInfo.InvariantCulture, tag, name, i))) }.ToBytes();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var memo = await reader.Infrastructure.ReadMessageAsync(body);

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(MostAllocated);
        memo.Rejection.ShouldNotBeNull().Code.ShouldBe(ReceiptError.StructureLimitExceeded.Code);
    }

    private static string Tag(string what)
    {
        var tag = new StringBuilder("<memo:a", Huge + 100);
        if (what == "name")
            tag.Append('n', Huge);
        else if (what == "value")
            tag.Append(" a='").Append('x', Huge).Append('\'');
        else
            for (var i = 0; tag.Length < Huge; i++)
                tag.Append(what == "attributes" ? " a" : " xmlns:a").Append(i).Append("='u'");
        return tag.Append("/>").ToString();
    }
}
