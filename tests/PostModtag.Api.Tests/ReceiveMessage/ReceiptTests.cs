using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Schema;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

[Operation("ReceiveMessage")]
public sealed class ReceiptTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task An_accept_in_JSON_is_Digital_Posts_receipt_with_nulls_where_there_is_no_error()
    {
        var memo = new TestMemo();
        using var response = await _server.PostAsync(memo.ToBytes(), accept: "application/json");

        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
        var receipt = await response.JsonAsync();
        receipt.EnumerateObject().Select(property => property.Name)
            .ShouldBe(["transmissionId", "messageUUID", "messageId", "errorCode", "errorMessage", "timeStamp", "receiptStatus"]);
        receipt.GetProperty("transmissionId").GetGuid().ShouldNotBe(Guid.Empty);
        receipt.GetProperty("messageUUID").GetGuid().ShouldBe(memo.Uuid);
        receipt.GetProperty("messageId").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        receipt.GetProperty("errorCode").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        receipt.GetProperty("errorMessage").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        receipt.Text("timeStamp").ShouldNotBeNull().ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        receipt.Text("receiptStatus").ShouldBe("COMPLETED");
    }

    [Fact]
    public async Task An_accept_in_XML_has_an_Advis_and_no_Fejl()
    {
        var memo = new TestMemo();
        using var response = await _server.PostAsync(memo.ToBytes());

        response.Content.Headers.ContentType!.ToString().ShouldBe("application/xml; charset=utf-8");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        ValidateAgainstSchema(bytes);
        var receipt = await response.XmlAsync();
        receipt.Element("TransmissionID")!.Remove();
        receipt.ToString().ReplaceLineEndings("\n").ShouldBe($"""
            <PostModtag_response>
              <Result>true</Result>
              <MessageUUID>{memo.Uuid}</MessageUUID>
              <HovedoplysningerSvarREST>
                <SvarReaktion>
                  <Advis>
                    <AdvisId>0</AdvisId>
                    <AdvisTekst>COMPLETED</AdvisTekst>
                  </Advis>
                </SvarReaktion>
              </HovedoplysningerSvarREST>
            </PostModtag_response>
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_reject_in_XML_has_a_Fejl_with_code_and_text_and_no_Advis()
    {
        using var response = await _server.PostAsync(new TestMemo { HasBody = false }.ToBytes());

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        ValidateAgainstSchema(await response.Content.ReadAsByteArrayAsync());
        var receipt = await response.XmlAsync();
        receipt.Element("Result")!.Value.ShouldBe("false");
        var reaction = receipt.Element("HovedoplysningerSvarREST")!.Element("SvarReaktion")!;
        reaction.Elements().Select(element => element.Name.LocalName).ShouldBe(["Fejl"]);
        reaction.Element("Fejl")!.Element("FejlId")!.Value.ShouldBe("BODY_MISSING");
        reaction.Element("Fejl")!.Element("FejlTekst")!.Value.ShouldBe(
            "En DIGITALPOST-meddelelse skal have et indhold (MessageBody). /memo:Message (linje 2, kolonne 2): forventede en memo:MessageBody, da messageType er DIGITALPOST."
            + " | A DIGITALPOST message must have a body (MessageBody). /memo:Message (line 2, column 2): expected a memo:MessageBody, since messageType is DIGITALPOST.");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/xml")]
    public async Task XML_and_JSON_tell_the_same_receipt_and_each_comes_again_byte_for_byte(string accept)
    {
        var body = new TestMemo().ToBytes();
        using var first = await _server.PostAsync(body, accept);
        using var again = await _server.PostAsync(body, accept);
        using var json = await _server.PostAsync(body, "application/json");
        using var xml = await _server.PostAsync(body, "application/xml");

        (await again.Content.ReadAsByteArrayAsync()).ShouldBe(await first.Content.ReadAsByteArrayAsync());
        (await xml.XmlAsync()).Element("TransmissionID")!.Value.ShouldBe((await json.JsonAsync()).Text("transmissionId"));
    }

    [Theory]
    [InlineData(null, "application/xml")]
    [InlineData("*/*", "application/xml")]
    [InlineData("application/*", "application/xml")]
    [InlineData("application/xml", "application/xml")]
    [InlineData("text/xml", "text/xml")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json, text/plain, */*", "application/json")]
    [InlineData("application/xml;q=0.5, application/json", "application/json")]
    [InlineData("application/json;q=0.5, application/xml;q=0.9", "application/xml")]
    [InlineData("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "application/xml")]
    public async Task Accept_picks_XML_or_JSON_and_XML_when_nothing_is_asked_for(string? accept, string mediaType)
    {
        using var response = await _server.PostAsync(new TestMemo().ToBytes(), accept);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(mediaType);
    }

    [Fact]
    public async Task The_messageID_of_the_message_is_the_receipts_messageId()
    {
        var xml = new TestMemo().ToString().Replace("</memo:messageUUID>", "</memo:messageUUID><memo:messageID>SAG-42</memo:messageID>", StringComparison.Ordinal);
        using var response = await _server.PostAsync(Encoding.UTF8.GetBytes(xml), "application/json");

        (await response.JsonAsync()).Text("messageId").ShouldBe("SAG-42");
    }

    [Fact]
    public async Task The_typed_client_gets_the_same_receipt()
    {
        var memo = new TestMemo();
        var transaction = Guid.NewGuid();
        var answer = await _server.PostModtag.ReceiveMessageAsync(new MemoryStream(memo.ToBytes()), "application/xml; charset=utf-8", transaction, CancellationToken.None);

        answer.Result.MessageUUID.ShouldBe(memo.Uuid);
        answer.Result.ReceiptStatus.ShouldBe(Contract.ReceiptStatus.COMPLETED);
        answer.Result.ErrorCode.ShouldBeNull();
        answer.Headers["x-TransaktionsId"].ShouldBe([transaction.ToString()]);
    }

    private static void ValidateAgainstSchema(byte[] receipt)
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema };
        settings.Schemas.Add(null, Repository.PathOf("api-spec", "receipt.xsd"));
        settings.ValidationEventHandler += (_, problem) => throw problem.Exception;
        using var reader = XmlReader.Create(new MemoryStream(receipt), settings);
        while (reader.Read())
        {
            (reader.SchemaInfo?.Validity).ShouldNotBe(XmlSchemaValidity.Invalid);
        }
    }
}
