using System.Net;
using System.Text;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

[Operation("ReceiveMessage")]
public sealed class ContentTypeTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("application/xml")]
    [InlineData("application/xml; charset=utf-8")]
    [InlineData("application/xml;charset=\"UTF-8\"")]
    [InlineData("text/xml")]
    [InlineData("TEXT/XML; charset=utf-8")]
    public async Task XML_is_declared_in_any_of_its_ways(string contentType)
    {
        using var response = await _server.PostAsync(new TestMemo().ToBytes(), contentType: contentType);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_charset_of_the_ContentType_overrules_the_XML_declaration()
    {
        var memo = new TestMemo { Label = "Ansøgning på æble" };
        using var response = await _server.PostAsync(Encoding.Latin1.GetBytes(memo.ToString()), contentType: "application/xml; charset=iso-8859-1");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _server.Messages.GetMessageAsync(memo.Uuid)).Result.Summary.Label.ShouldBe(memo.Label);
    }
}
