using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Domain.Tests;

public sealed class MessageSummaryTests
{
    [Fact]
    public void The_summary_has_the_fields_by_which_people_find_a_message() =>
        MessageSummary.Of(Memos.Tree(new TestMemo { ContactPointId = "kontakt-1", ExtraHeader = "<memo:messageID>BYG-1</memo:messageID>" }))
            .ShouldBe(new MessageSummary("BYG-1", "DIGITALPOST", "0113701234", "Ida Opdigtet", "90000001", "kontakt-1", "Ansøgning"));

    [Fact]
    public void What_a_message_does_not_have_is_null_in_its_summary()
    {
        var nothing = new MessageSummary(null, null, null, null, null, null, null);

        MessageSummary.Of(new MemoElement(TestMemo.Namespace, "Message")).ShouldBe(nothing);
        MessageSummary.Of(Memos.Tree("""<Message><MessageHeader><label>I intet navnerum</label></MessageHeader></Message>""")).ShouldBe(nothing);
    }

    [Fact]
    public void As_it_is_kept_it_has_the_senders_key_and_no_whole_CPR_number()
    {
        var kept = MessageSummary.Of(Memos.Tree(new TestMemo { SenderId = "0113701234" })).WithSenderKey(id => $"key of {id}");

        (kept.SenderKey, kept.SenderId).ShouldBe(("key of 0113701234", "011370-xxxx"));
        kept.WithSenderKey(_ => "another").ShouldBe(kept);
        MessageSummary.Of(Memos.Tree(new TestMemo { SenderIdType = "CVR", SenderId = "90000001" })).WithSenderKey(id => id).SenderId.ShouldBe("90000001");
        MessageSummary.Of(new MemoElement(TestMemo.Namespace, "Message")).WithSenderKey(id => id).SenderKey.ShouldBeNull();
    }

    [Theory]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(4_000)]
    public void A_text_is_kept_to_256_characters(int length) =>
        MessageSummary.Of(Memos.Tree(new TestMemo { Label = new string('å', length) })).Label.ShouldBe(new string('å', 256));

    [Fact]
    public void A_text_is_never_cut_in_the_middle_of_a_character() =>
        MessageSummary.Of(Memos.Tree(new TestMemo { Label = new string('å', 255) + "💌!" })).Label.ShouldBe(new string('å', 255) + "💌");
}
