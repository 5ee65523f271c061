using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PostModtag.Contract;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

/// <summary>What is no PostModtag call gets a 4xx and leaves nothing; what is not decided gets a 503 and may be sent again.</summary>
[Operation("ReceiveMessage")]
public sealed class ProblemTests : IAsyncLifetime
{
    private readonly Script _script = new();
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(_script.Register, settings: "--PostModtag:MaxMessageBytes=5000");

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("Kære kommune")]
    [InlineData("{\"messageUUID\": 1}")]
    [InlineData("<memo:Message xmlns:memo=\"https://DigitalPost.dk/MeMo-1\"><memo:MessageHeader>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e \"y\">]><x>&e;</x>")]
    public async Task A_body_that_is_not_wellformed_XML_is_a_400(string body) =>
        await ShouldBeProblemAsync(await _server.PostAsync(Encoding.UTF8.GetBytes(body)), HttpStatusCode.BadRequest, ProblemCode.NOT_XML);

    [Fact]
    public async Task XML_that_breaks_off_at_its_very_end_is_a_400()
    {
        var body = new TestMemo().ToBytes();
        await ShouldBeProblemAsync(await _server.PostAsync(body[..^1]), HttpStatusCode.BadRequest, ProblemCode.NOT_XML);
    }

    [Theory]
    [InlineData("<x/>")]
    [InlineData("<Message memoVersion=\"1.2\"><MessageHeader><messageUUID>6b1f3c52-8f0e-4a55-9d0c-3a1e5b7c9d11</messageUUID></MessageHeader></Message>")]
    [InlineData("<Message xmlns=\"https://DigitalPost.dk/MeMo-1\" memoVersion=\"1.2\"><MessageHeader><messageUUID>42</messageUUID></MessageHeader></Message>")]
    [InlineData("<Message xmlns=\"https://DigitalPost.dk/MeMo-1\" memoVersion=\"1.2\"><MessageHeader/></Message>")]
    public async Task XML_without_a_readable_messageUUID_is_a_400(string body) =>
        await ShouldBeProblemAsync(await _server.PostAsync(Encoding.UTF8.GetBytes(body)), HttpStatusCode.BadRequest, ProblemCode.MESSAGE_UUID_MISSING);

    [Fact]
    public async Task A_header_that_is_no_UUID_is_a_400_and_the_answer_has_a_transaction_of_its_own()
    {
        var response = await _server.PostAsync(new TestMemo().ToBytes(), transactionId: "not-a-uuid");
        Guid.TryParse(response.TransactionId(), out _).ShouldBeTrue();
        await ShouldBeProblemAsync(response, HttpStatusCode.BadRequest, ProblemCode.HEADER_INVALID);
    }

    [Fact]
    public async Task A_transaction_time_that_is_no_time_is_a_400()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(new TestMemo().ToBytes()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        request.Headers.TryAddWithoutValidation("x-TransaktionsTid", "yesterday");
        await ShouldBeProblemAsync(await _server.Client.SendAsync(request), HttpStatusCode.BadRequest, ProblemCode.HEADER_INVALID);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/pdf, image/*")]
    public async Task Asking_for_neither_XML_nor_JSON_is_a_406(string accept) =>
        await ShouldBeProblemAsync(await _server.PostAsync(new TestMemo().ToBytes(), accept), HttpStatusCode.NotAcceptable, ProblemCode.NOT_ACCEPTABLE);

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData("application/xml; charset=klingon")]
    [InlineData("application/xml; charset=utf-7")]
    public async Task A_body_that_is_not_declared_as_XML_is_a_415(string contentType) =>
        await ShouldBeProblemAsync(
            await _server.PostAsync(new TestMemo().ToBytes(), contentType: contentType), HttpStatusCode.UnsupportedMediaType, ProblemCode.MEDIA_TYPE_NOT_SUPPORTED);

    [Fact]
    public async Task A_compressed_body_is_a_415()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent([1, 2, 3]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        request.Content.Headers.ContentEncoding.Add("gzip");
        await ShouldBeProblemAsync(await _server.Client.SendAsync(request), HttpStatusCode.UnsupportedMediaType, ProblemCode.MEDIA_TYPE_NOT_SUPPORTED);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_byte_over_the_limit_is_a_413_and_at_the_limit_is_fine(bool chunked)
    {
        var memo = new TestMemo();
        var atLimit = Pad(memo.ToString(), 5000);
        using var fine = await SendAsync(atLimit, chunked);
        fine.StatusCode.ShouldBe(HttpStatusCode.OK);

        await ShouldBeProblemAsync(
            await SendAsync(Pad(new TestMemo().ToString(), 5001), chunked), HttpStatusCode.RequestEntityTooLarge, ProblemCode.MESSAGE_TOO_LARGE, kept: 1);
    }

    [Theory]
    [InlineData("Content-Length: 4000\r\n\r\n<memo:Message")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nD\r\n<memo:Message\r\nrubbish\r\n")]
    public async Task A_body_that_stays_away_or_is_garbled_on_the_way_is_a_408_and_leaves_nothing(string rest)
    {
        using var connection = await SendRawAsync(rest);

        // The server ends the wait: after 5 seconds below its least rate, or at once.
        using var reader = new StreamReader(connection.GetStream());
        var answer = await reader.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 408");
        answer.ShouldContain("BODY_INCOMPLETE");
        await ShouldHaveKeptAsync(0);
    }

    [Fact]
    public async Task A_sender_that_goes_away_in_the_midst_leaves_nothing()
    {
        using var connection = await SendRawAsync("Content-Length: 4000\r\n\r\n<memo:Message");
        using var reader = new StreamReader(connection.GetStream());
        connection.Client.Shutdown(System.Net.Sockets.SocketShutdown.Send);

        // Kestrel sees the body's end first, and it is answered, or the connection's, and there is nobody to answer.
        string answer;
        try
        {
            answer = await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            answer = "";
        }

        (answer.Length == 0 || answer.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal)).ShouldBeTrue(answer);

        await ShouldHaveKeptAsync(0);
    }

    [Fact]
    public async Task A_fagsystem_that_throws_means_503_with_RetryAfter_and_no_receipt()
    {
        _script.Answer = (_, _) => throw new InvalidOperationException("down");
        var response = await _server.PostAsync(new TestMemo().ToBytes());

        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
        await ShouldBeProblemAsync(response, HttpStatusCode.ServiceUnavailable, ProblemCode.FAGSYSTEM_UNDECIDED, kept: 1);
    }

    [Fact]
    public async Task A_database_that_does_not_take_the_message_means_503_and_the_message_goes_in_when_it_does_again()
    {
        var body = new TestMemo().ToBytes();
        TestDatabase.Execute(_server.DataFolder, """ALTER TABLE "Messages" RENAME TO "Gone" """);
        var response = await _server.PostAsync(body);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
        TestDatabase.Execute(_server.DataFolder, """ALTER TABLE "Gone" RENAME TO "Messages" """);
        await ShouldBeProblemAsync(response, HttpStatusCode.ServiceUnavailable, ProblemCode.SERVER_UNAVAILABLE);

        using var again = await _server.PostAsync(body);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Another_method_is_a_405(string method)
    {
        var response = await _server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "PostModtag"));
        await ShouldBeProblemAsync(response, HttpStatusCode.MethodNotAllowed, ProblemCode.METHOD_NOT_ALLOWED);
    }

    [Fact]
    public async Task A_problem_is_a_typed_exception_of_the_client()
    {
        var problem = await Should.ThrowAsync<PostModtagException<Problem>>(() =>
            _server.PostModtag.ReceiveMessageAsync(new MemoryStream("<x/>"u8.ToArray()), "text/xml", Guid.NewGuid(), CancellationToken.None));
        problem.StatusCode.ShouldBe(400);
        problem.Result.Code.ShouldBe(ProblemCode.MESSAGE_UUID_MISSING);
    }

    private async Task<System.Net.Sockets.TcpClient> SendRawAsync(string rest)
    {
        var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(_server.Client.BaseAddress!.Host, _server.Client.BaseAddress.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /PostModtag HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nConnection: close\r\n{rest}"));
        return connection;
    }

    private async Task ShouldBeProblemAsync(HttpResponseMessage response, HttpStatusCode status, ProblemCode code, int kept = 0)
    {
        using (response)
        {
            response.StatusCode.ShouldBe(status);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            var problem = await response.JsonAsync();
            problem.Text("code").ShouldBe(code.ToString());
            problem.Text("type").ShouldBe($"urn:postmodtag:problem:{code}");
            problem.GetProperty("status").GetInt32().ShouldBe((int)status);
            problem.Text("title").ShouldNotBeNullOrWhiteSpace();
            problem.Text("detail").ShouldNotBeNullOrWhiteSpace();
            problem.Text("transactionId").ShouldBe(response.TransactionId());
            (response.Headers.RetryAfter is not null).ShouldBe(status == HttpStatusCode.ServiceUnavailable);
        }

        await ShouldHaveKeptAsync(kept);
    }

    private async Task ShouldHaveKeptAsync(int messages)
    {
        (await _server.Messages.FindMessagesAsync()).Result.Messages.Count.ShouldBe(messages);
        Directory.EnumerateFiles(Path.Combine(_server.DataFolder, "incoming")).ShouldBeEmpty();
    }

    private async Task<HttpResponseMessage> SendAsync(byte[] body, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "PostModtag") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        request.Headers.TransferEncodingChunked = chunked;
        return await _server.Client.SendAsync(request);
    }

    /// <summary>White space after the root element, which XML allows, up to an exact size.</summary>
    private static byte[] Pad(string xml, int size)
    {
        var bytes = Encoding.UTF8.GetBytes(xml);
        return [.. bytes, .. Enumerable.Repeat((byte)' ', size - bytes.Length)];
    }
}
