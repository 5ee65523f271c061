using CsCheck;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>A message is told all that is wrong with it at once.</summary>
public sealed class SeveralFaultsTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task All_wrong_values_are_found_in_the_order_of_the_message(string version)
    {
        var values = new BadValues(version);
        var single = new Dictionary<int, string>();
        for (var place = 0; place < values.Count; place++)
            single[place] = (await ViolationsAsync(values.With([place], _ => BadValues.Bad)))[0].XPath;

        await Gen.Int[0, values.Count - 1].Array[1, 60].SampleAsync(
            async places => (await ViolationsAsync(values.With(places, _ => BadValues.Bad))).Select(violation => violation.XPath)
                .ShouldBe(places.Distinct().Order().Select(place => single[place])),
            iter: 30, threads: 1);
    }

    [Fact]
    public async Task Faults_of_every_kind_are_found_together()
    {
        var memo = new TestMemo
        {
            MessageType = "BREV",
            Label = new string('x', 257),
            SenderLabel = "Ida<memo:b/>",
            RecipientIdType = "CVR</memo:idType><memo:unknown/><memo:idType>CVR",
            ContactPointId = "1</memo:contactPointID>tekst<memo:contactPointID>2",
            ExtraHeader = "<memo:ReplyData reply='1'/><memo:ForwardData><memo:comment/></memo:ForwardData>",
        };
        memo.Files[0] = ("brev.txt</memo:filename>\n<memo:filename>b", "text/plain", [1]);

        (await ViolationsAsync(memo.ToBytes())).Select(violation => violation.XPath["/memo:Message/".Length..]).ShouldBe(
        [
            "memo:MessageHeader/memo:messageType",
            "memo:MessageHeader/memo:label",
            "memo:MessageHeader/memo:Sender/memo:label/memo:b",
            "memo:MessageHeader/memo:Recipient/memo:unknown",
            "memo:MessageHeader/memo:Recipient/memo:idType[2]",
            "memo:MessageHeader/memo:Recipient/memo:ContactPoint",
            "memo:MessageHeader/memo:Recipient/memo:ContactPoint/memo:contactPointID[2]",
            "memo:MessageHeader/memo:ReplyData[1]/@reply",
            "memo:MessageHeader/memo:ReplyData[1]",
            "memo:MessageHeader/memo:ForwardData",
            "memo:MessageHeader/memo:ForwardData/memo:comment",
            "memo:MessageBody/memo:MainDocument/memo:File[1]/memo:filename[2]",
        ]);
    }

    [Fact]
    public async Task Of_more_than_a_hundred_faults_the_first_hundred_are_kept()
    {
        var memo = new TestMemo { ExtraHeader = string.Concat(Enumerable.Repeat("<memo:unknown/>", 250)) };

        var violations = await ViolationsAsync(memo.ToBytes());

        violations.Count.ShouldBe(100);
        violations[99].XPath.ShouldBe("/memo:Message/memo:MessageHeader/memo:unknown[100]");
    }

    private async Task<IReadOnlyList<Violation>> ViolationsAsync(byte[] message) =>
        (await reader.Infrastructure.ReadMessageAsync(message)).Rejection.ShouldNotBeNull().Violations;
}
