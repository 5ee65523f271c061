using System.Text.RegularExpressions;
using System.Xml;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Domain.Tests;

public sealed partial class MessageFilesTests
{
    private const string Main = "/memo:Message/memo:MessageBody/memo:MainDocument";
    private const string Additional = "/memo:Message/memo:MessageBody/memo:AdditionalDocument";
    private const string Technical = "/memo:Message/memo:MessageBody/memo:TechnicalDocument";

    [Fact]
    public void Files_come_in_the_order_of_the_message_with_their_document_and_their_place() =>
        Model(Several()).Files().Select(file => (file.File.Content.Number, file.File.Filename, file.Document, file.XPath)).ShouldBe(
        [
            (1, "m1.txt", DocumentKind.MainDocument, $"{Main}/memo:File[1]"),
            (2, "m2.txt", DocumentKind.MainDocument, $"{Main}/memo:File[2]"),
            (3, "a1.txt", DocumentKind.AdditionalDocument, $"{Additional}[1]/memo:File[1]"),
            (4, "a2.txt", DocumentKind.AdditionalDocument, $"{Additional}[2]/memo:File[1]"),
            (5, "a3.txt", DocumentKind.AdditionalDocument, $"{Additional}[2]/memo:File[2]"),
            (6, "t1.txt", DocumentKind.TechnicalDocument, $"{Technical}[1]/memo:File[1]"),
        ]);

    [Fact]
    public void The_place_of_a_file_leads_to_that_file_in_the_XML()
    {
        var xml = new XmlDocument();
        xml.LoadXml(Several());
        var names = new XmlNamespaceManager(xml.NameTable);
        names.AddNamespace("memo", TestMemo.Namespace);

        foreach (var file in Model(Several()).Files())
            xml.SelectNodes(file.XPath + "/memo:filename", names)!.Cast<XmlNode>().Select(node => node.InnerText).ShouldBe([file.File.Filename]);
    }

    [Fact]
    public void A_message_without_a_body_has_no_files()
    {
        var memo = new TestMemo { MessageType = "NEMSMS", HasBody = false };

        Memos.Model(memo).Files().ShouldBeEmpty();
        Memos.Message(memo).Files.ShouldBeEmpty();
    }

    [Fact]
    public void A_message_that_breaks_its_schema_has_no_model_and_no_files()
    {
        var message = Message.Receive(Memos.Broken(), Guid.NewGuid(), "application/xml", Memos.Now);

        message.Memo.ShouldBeNull();
        message.Files.ShouldBeEmpty();
    }

    [Fact]
    public void A_received_message_has_its_files_as_the_model_has_them()
    {
        var message = Memos.Message(new TestMemo { Files = { ("kort.png", "image/png", [1, 2, 3]) } });

        message.Files.Select(file => (file.Number, file.Document, file.FileName, file.EncodingFormat, file.Language)).ShouldBe(
        [
            (1, DocumentKind.MainDocument, "brev.txt", "text/plain", "da"),
            (2, DocumentKind.AdditionalDocument, "kort.png", "image/png", "da"),
        ]);
        message.Files.Select(file => file.Content).ShouldBe(
            message.Memo!.Files().Select(file => new ContentReference(file.File.Content.Sha256, file.File.Content.Length)));
    }

    [Fact]
    public void A_received_message_has_what_came_with_it()
    {
        var (memo, transaction) = (Memos.Received(new TestMemo { MessageUuid = "8A8C1F4E-2F5B-4D3A-9C6E-1B7D0E5F4A32" }), Guid.NewGuid());

        var message = Message.Receive(memo, transaction, "text/xml; charset=utf-8", Memos.Now);

        (message.TransactionId, message.ContentType, message.MemoVersion).ShouldBe((transaction, "text/xml; charset=utf-8", "1.2"));
        message.MessageUuid.ShouldBe(Guid.Parse("8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32"));
        (message.Xml, message.Summary, message.Memo).ShouldBe((memo.Xml, memo.Summary, memo.Memo));
    }

    private static MemoMessage Model(string xml) => MemoMessage.From(Memos.Tree(xml));

    /// <summary>Two files in the main document, one and two in the additional ones, one in the technical one.</summary>
    private static string Several()
    {
        var body = $"""
            <memo:MainDocument>{File("m1")}{File("m2")}</memo:MainDocument>
            <memo:AdditionalDocument>{File("a1")}</memo:AdditionalDocument>
            <memo:AdditionalDocument><memo:label>Bilag</memo:label>{File("a2")}{File("a3")}</memo:AdditionalDocument>
            <memo:TechnicalDocument>{File("t1")}</memo:TechnicalDocument>
            """;
        return Documents().Replace(new TestMemo().ToString(), body);
    }

    private static string File(string name) =>
        $"<memo:File><memo:encodingFormat>text/plain</memo:encodingFormat><memo:filename>{name}.txt</memo:filename><memo:language>da</memo:language><memo:content/></memo:File>";

    [GeneratedRegex("<memo:MainDocument>.*</memo:MainDocument>", RegexOptions.Singleline)]
    private static partial Regex Documents();
}
