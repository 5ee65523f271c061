using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.Tests.ReceiveMessage;

public sealed class MessageValidatorTests
{
    private const string Header = "/memo:Message/memo:MessageHeader";

    [Fact]
    public void A_message_as_it_should_be_has_no_rejection() => Check(Memo()).ShouldBeNull();

    [Theory]
    [InlineData("CPR", "0113701234", true)]
    [InlineData("CPR", "113701234", false)]
    [InlineData("CPR", "01137012345", false)]
    [InlineData("CPR", "011370-1234", false)]
    [InlineData("CPR", "٠١١٣٧٠١٢٣٤", false)]
    [InlineData("CPR", " 0113701234", false)]
    [InlineData("cpr", "1", false)]
    [InlineData("CVR", "90000001", true)]
    [InlineData("CVR", "9000001", false)]
    [InlineData("CVR", "900000011", false)]
    [InlineData("CVR", "DK900000", false)]
    [InlineData("PASNUMMER", "X 12/4", true)]
    [InlineData("", "", true)]
    public void An_id_has_the_form_that_its_type_demands(string idType, string id, bool allowed)
    {
        Codes(Memo(sender: new MemoSender { SenderID = id, IdType = idType, Label = "x" }))
            .ShouldBe(allowed ? [] : [("SENDER_ID_INVALID", $"{Header}/memo:Sender/memo:senderID")]);
        Codes(Memo(recipient: new MemoRecipient { RecipientID = id, IdType = idType }))
            .ShouldBe(allowed ? [] : [("RECIPIENT_ID_INVALID", $"{Header}/memo:Recipient/memo:recipientID")]);
        Codes(Memo(sender: Sender() with { Representative = new MemoRepresentative { RepresentativeID = id, IdType = idType } }))
            .ShouldBe(allowed ? [] : [("SENDER_ID_INVALID", $"{Header}/memo:Sender/memo:Representative/memo:representativeID")]);
    }

    [Fact]
    public void A_representative_may_lack_its_id_or_its_type()
    {
        Codes(Memo(sender: Sender() with { Representative = new MemoRepresentative { IdType = "CPR" } })).ShouldBeEmpty();
        Codes(Memo(sender: Sender() with { Representative = new MemoRepresentative { RepresentativeID = "1" } })).ShouldBeEmpty();
    }

    [Fact]
    public void A_DIGITALPOST_has_a_body_and_a_NEMSMS_need_not()
    {
        Codes(Memo() with { MessageBody = null }).ShouldBe([("BODY_MISSING", "/memo:Message")]);
        Codes(Memo(messageType: "NEMSMS") with { MessageBody = null }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("brev.pdf", true)]
    [InlineData("Svar på ansøgning (2).pdf", true)]
    [InlineData(".brev", true)]
    [InlineData("a..b", true)]
    [InlineData("kl. 12:30.pdf", true)]
    [InlineData("mappe/brev.pdf", false)]
    [InlineData("/brev.pdf", false)]
    [InlineData("..\\brev.pdf", false)]
    [InlineData("C:brev.pdf", false)]
    [InlineData("..", false)]
    [InlineData(".", false)]
    [InlineData("brev\npdf", false)]
    [InlineData("brev\u0085.pdf", false)]
    public void A_file_name_has_no_path_parts_and_no_control_characters(string name, bool allowed) =>
        Codes(Memo(files: [File(name)])).ShouldBe(allowed ? [] : [("FILE_NAME_NOT_ALLOWED", "/memo:Message/memo:MessageBody/memo:MainDocument/memo:File[1]/memo:filename")]);

    [Fact]
    public void Every_fault_is_reported_and_the_first_gives_the_code()
    {
        var rejection = Check(Memo(
            sender: Sender() with { SenderID = "1" },
            files: [File("brev.pdf"), File("a/b", "application/x-msdownload"), File("c/d")])).ShouldNotBeNull();

        rejection.Code.ShouldBe(ReceiptError.SenderIdInvalid.Code);
        rejection.Violations.Select(violation => violation.XPath).ShouldBe(
        [
            $"{Header}/memo:Sender/memo:senderID",
            "/memo:Message/memo:MessageBody/memo:MainDocument/memo:File[2]/memo:filename",
            "/memo:Message/memo:MessageBody/memo:MainDocument/memo:File[3]/memo:filename",
            "/memo:Message/memo:MessageBody/memo:MainDocument/memo:File[2]/memo:encodingFormat",
        ]);
    }

    [Theory]
    [InlineData("CVR", "90000001", true)]
    [InlineData("CVR", "90000009", false)]
    [InlineData("CPR", "9000000190", false)]
    [InlineData("GLN", "90000001", false)]
    public void Where_authorities_are_named_the_recipient_is_one_of_them_by_CVR(string idType, string id, bool served)
    {
        var options = new PostModtagOptions { ServedAuthorities = ["90000001", "90000017"] };
        Codes(Memo(recipient: new MemoRecipient { RecipientID = id, IdType = idType }), options)
            .ShouldBe(served ? [] : [("RECIPIENT_NOT_SERVED", $"{Header}/memo:Recipient/memo:recipientID")]);
    }

    private static IEnumerable<(string Code, string XPath)> Codes(MemoMessage memo, PostModtagOptions? options = null) =>
        Check(memo, options) is { } rejection ? rejection.Violations.Select(violation => (rejection.Code, violation.XPath)) : [];

    private static Rejection? Check(MemoMessage memo, PostModtagOptions? options = null) =>
        new MessageChecks(new MessageValidator(Options.Create(options ?? new PostModtagOptions())), [], NullLogger<MessageChecks>.Instance).CheckAsync(new ReceivedMemo
        {
            MessageUuid = memo.MessageHeader.MessageUUID,
            Xml = new ContentReference("", 0),
            MemoVersion = "1.2",
            Summary = new MessageSummary(null, null, null, null, null, null, null),
            Memo = memo,
            Rejection = null,
        }).AsTask().GetAwaiter().GetResult();

    private static MemoSender Sender() => new() { SenderID = "0113701234", IdType = "CPR", Label = "Ida Opdigtet" };

    private static MemoFile File(string name, string type = "application/pdf") =>
        new() { Filename = name, EncodingFormat = type, Language = "da", Content = new FileContent(1, 0, "") };

    private static MemoMessage Memo(MemoSender? sender = null, MemoRecipient? recipient = null, string messageType = "DIGITALPOST", params MemoFile[] files) => new()
    {
        MemoVersion = 1.2m,
        MessageHeader = new MemoHeader
        {
            MessageType = messageType,
            MessageUUID = Guid.NewGuid(),
            Label = "Ansøgning",
            Sender = sender ?? Sender(),
            Recipient = recipient ?? new MemoRecipient { RecipientID = "90000001", IdType = "CVR" },
        },
        MessageBody = new MemoBody
        {
            CreatedDateTime = DateTimeOffset.UnixEpoch,
            MainDocument = new MemoMainDocument { File = files.Length == 0 ? [File("brev.pdf")] : files },
        },
    };
}
