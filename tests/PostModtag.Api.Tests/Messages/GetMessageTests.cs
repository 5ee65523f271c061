using System.Net;
using System.Security.Cryptography;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Messages;

[Operation("GetMessage")]
[Operation("GetMessageXml")]
[Operation("GetMessageFile")]
public sealed class GetMessageTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_message_shows_its_fields_files_and_receipt()
    {
        var memo = new TestMemo { Files = { ("tegning æøå.png", "image/png", [1, 2, 3]) } };
        using var posted = await _server.PostAsync(memo.ToBytes(), "application/json", "text/xml; charset=utf-8");
        var receipt = await posted.JsonAsync();

        var message = (await _server.Messages.GetMessageAsync(memo.Uuid)).Result;

        message.Summary.MessageUUID.ShouldBe(memo.Uuid);
        message.ContentType.ShouldBe("text/xml; charset=utf-8");
        message.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(memo.ToBytes())));
        message.Receipt!.TransmissionId.ToString().ShouldBe(receipt.Text("transmissionId"));
        message.Receipt.ReceiptStatus.ShouldBe("COMPLETED");
        message.Receipt.ErrorCode.ShouldBeNull();
        message.Violations.ShouldBeEmpty();
        message.RefusedCopies.ShouldBeEmpty();
        message.Fields.Single(field => field.Path == "MessageHeader/Sender/senderID").Value.ShouldBe(memo.SenderId);
        message.Fields.Single(field => field.Path == "MessageBody/AdditionalDocument/File/filename").Value.ShouldBe("tegning æøå.png");
        message.Files.Select(file => (file.Number, file.Document, file.FileName, file.EncodingFormat, file.Language, file.Size)).ShouldBe(
        [
            (1, "MainDocument", "brev.txt", "text/plain", "da", memo.Files[0].Content.Length),
            (2, "AdditionalDocument", "tegning æøå.png", "image/png", "da", 3),
        ]);
    }

    [Fact]
    public async Task The_XML_is_byte_for_byte_what_came_whatever_its_encoding()
    {
        foreach (var name in new[] { "utf-16-bom-1.2.xml", "iso-8859-1-1.1.xml", "base64-wrapped-crlf-1.2.xml", "cdata-and-comment-1.2.xml" })
        {
            var body = Examples.ReadValid(name);
            using var posted = await _server.PostAsync(body, "application/json");
            var uuid = (await posted.JsonAsync()).Text("messageUUID");

            using var xml = await _server.Client.GetAsync($"messages/{uuid}/xml");

            (await xml.Content.ReadAsByteArrayAsync()).ShouldBe(body);
            xml.Content.Headers.ContentType!.MediaType.ShouldBe("application/xml");
            xml.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        }
    }

    [Fact]
    public async Task A_file_is_a_download_with_its_own_name_and_type_that_no_browser_runs()
    {
        var page = "<script>alert(1)</script>"u8.ToArray();
        var memo = new TestMemo { Files = { ("side æ.html", "text/html", page) } };
        using var posted = await _server.PostAsync(memo.ToBytes());

        using var file = await _server.Client.GetAsync($"messages/{memo.MessageUuid.ToUpperInvariant()}/files/2");

        (await file.Content.ReadAsByteArrayAsync()).ShouldBe(page);
        file.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        file.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        file.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("side æ.html");
        file.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        file.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; sandbox"]);
    }

    [Fact]
    public async Task A_rejected_message_shows_what_is_wrong_with_it_and_where()
    {
        var memo = new TestMemo { Label = new string('x', 257), MessageType = "BREV" };
        using var posted = await _server.PostAsync(memo.ToBytes());

        var message = (await _server.Messages.GetMessageAsync(memo.Uuid)).Result;

        message.Summary.State.ShouldBe(MessageState.REJECTED);
        message.Summary.ErrorCode.ShouldBe("SCHEMA_VIOLATION");
        message.Summary.SenderID.ShouldBe("011370-xxxx");
        message.Fields.ShouldBeEmpty();
        message.Violations.Select(violation => (violation.XPath, violation.Line, violation.English)).ShouldBe(
        [
            ("/memo:Message/memo:MessageHeader/memo:messageType", 4, "expected DIGITALPOST or NEMSMS"),
            ("/memo:Message/memo:MessageHeader/memo:label", 6, "expected a text of at most 256 characters"),
        ]);
        (await _server.Client.GetByteArrayAsync($"messages/{memo.Uuid}/xml")).ShouldBe(memo.ToBytes());
    }

    [Fact]
    public async Task A_message_and_a_file_that_are_not_there_are_a_404()
    {
        var memo = new TestMemo();
        using var posted = await _server.PostAsync(memo.ToBytes());
        foreach (var path in new[] { $"messages/{Guid.NewGuid()}", $"messages/{Guid.NewGuid()}/xml", $"messages/{Guid.NewGuid()}/files/1", $"messages/{memo.Uuid}/files/2", $"messages/{memo.Uuid}/files/0" })
        {
            using var response = await _server.Client.GetAsync(path);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await response.JsonAsync()).Text("code").ShouldBe("NOT_FOUND");
        }
    }

    [Fact]
    public async Task A_messageUUID_that_is_no_UUID_is_a_400()
    {
        using var response = await _server.Client.GetAsync("messages/42");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).Text("code").ShouldBe("PARAMETER_INVALID");
    }
}
