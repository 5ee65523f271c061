using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using PostModtag.Contract;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Access;

/// <summary>What holds of every call, also of one by a stranger.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly AccessSettings _settings = new();

    public void Dispose() => _settings.Dispose();

    [Theory]
    [InlineData(99_500_000, HttpStatusCode.Unauthorized)]
    [InlineData(99_500_001, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_strangers_body_of_one_byte_too_many_is_a_413_before_it_is_read(int length, HttpStatusCode status)
    {
        await using var server = await _settings.WithCaller("ESDH", token: "token").StartAsync();
        var answer = await AskAsync(server, $"POST /PostModtag HTTP/1.1\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\n");
        answer.ShouldStartWith($"HTTP/1.1 {(int)status} ");
        answer.ShouldContain(status == HttpStatusCode.Unauthorized ? "NOT_AUTHENTICATED" : "MESSAGE_TOO_LARGE");
    }

    [Fact]
    public async Task A_strangers_rule_set_that_is_too_large_is_a_413_too()
    {
        await using var server = await _settings.WithKey("key", "administrator", "*").StartAsync();
        (await AskAsync(server, "PUT /authorities/90000001/draft HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 10000001\r\n")).ShouldContain("BODY_TOO_LARGE");
        (await AskAsync(server, "PUT /authorities/90000001/draft HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 10000000\r\n")).ShouldContain("NOT_AUTHENTICATED");
    }

    [Theory]
    [InlineData(3_000, "HTTP/1.1 401 ")]
    [InlineData(5_000, "HTTP/1.1 431 ")]
    public async Task Headers_that_are_too_large_are_a_431(int length, string answer)
    {
        await using var server = await _settings.WithCaller("ESDH", token: "token").With("--PostModtag:Limits:MaxHeaderBytes=4096").StartAsync();
        (await AskAsync(server, $"POST /PostModtag HTTP/1.1\r\nX-Long: {new string('x', length)}\r\n")).ShouldStartWith(answer);
    }

    [Theory]
    [InlineData(100, "HTTP/1.1 200 ")]
    [InlineData(100_000, "HTTP/1.1 408 ")]
    public async Task A_body_that_comes_more_slowly_than_it_may_is_a_408(int least, string answer)
    {
        await using var server = await TestServer.StartAsync(settings: $"--PostModtag:Limits:MinBodyBytesPerSecond={least}");
        var body = new TestMemo().ToBytes();
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Address.Host, server.Address.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /PostModtag HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\n\r\n"));
        try
        {
            for (var sent = 0; sent < body.Length; sent += body.Length / 7)
            {
                await stream.WriteAsync(body.AsMemory(sent, Math.Min(body.Length / 7, body.Length - sent)));
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
        catch (IOException)
        {
            // The server has answered, and closed.
        }

        using var reader = new StreamReader(stream);
        (await reader.ReadToEndAsync()).ShouldStartWith(answer);
    }

    [Fact]
    public async Task More_bodies_at_once_than_may_be_are_a_503_and_when_one_has_ended_the_next_is_taken()
    {
        var script = new Script();
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        script.Answer = async (_, _) =>
        {
            asked.TrySetResult();
            await answer.Task;
            return Application.Fagsystemer.FagsystemAnswer.Accept();
        };
        await using var server = await TestServer.StartAsync(script.Register, settings: "--PostModtag:Limits:ConcurrentUploads=1");
        var first = server.PostAsync(new TestMemo().ToBytes());
        await asked.Task;

        using (var second = await server.PostAsync(new TestMemo().ToBytes()))
        {
            second.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            second.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
            (await second.JsonAsync()).Text("code").ShouldBe(nameof(ProblemCode.SERVER_UNAVAILABLE));
        }

        // A call without a body takes no place.
        (await server.Messages.FindMessagesAsync()).Result.Messages.Count.ShouldBe(1);
        answer.SetResult();
        using var ended = await first;
        ended.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var third = await server.PostAsync(new TestMemo().ToBytes());
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_that_calls_too_often_is_a_429_before_anybody_is_asked_and_another_address_is_not()
    {
        await using var server = await _settings.WithCaller("ESDH", token: "token").With("--PostModtag:Limits:CallsPerSecondFromAddress=3").StartAsync();
        using var stranger = From(server, "127.0.0.2", "Bearer nobody");
        using var caller = From(server, "127.0.0.3", "Bearer token");

        var answers = await ManyAsync(stranger, 8);
        answers.Select(answer => answer.StatusCode).ShouldContain(HttpStatusCode.Unauthorized);
        await ShouldBeTooManyAsync(answers);
        using var fine = await caller.PostMemoAsync();
        fine.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_caller_that_calls_too_often_is_a_429_from_whichever_address_and_another_caller_is_not()
    {
        await using var server = await _settings.WithCaller("ESDH", token: "token").WithCaller("Andet", token: "andet").With("--PostModtag:Limits:CallsPerSecond=3").StartAsync();
        using var one = From(server, "127.0.0.2", "Bearer token");
        using var two = From(server, "127.0.0.3", "Bearer token");
        using var other = From(server, "127.0.0.2", "Bearer andet");

        await ShouldBeTooManyAsync([.. await ManyAsync(one, 6), .. await ManyAsync(two, 6)]);
        using var fine = await other.PostMemoAsync();
        fine.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_administration_has_the_same_limit()
    {
        await using var server = await _settings.WithKey("key", "læser", "*").With("--PostModtag:Limits:CallsPerSecond=1").StartAsync();
        using var client = server.ClientWithKey("key");
        HttpResponseMessage response;
        while ((response = await client.GetAsync(new Uri("fields", UriKind.Relative))).StatusCode == HttpStatusCode.OK)
            response.Dispose();
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        await response.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, AdministrationProblemCode.TOO_MANY_CALLS);
    }

    private static async Task ShouldBeTooManyAsync(IReadOnlyList<HttpResponseMessage> answers)
    {
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.ShouldNotBeEmpty();
        foreach (var answer in refused)
        {
            answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
            (await answer.JsonAsync()).Text("code").ShouldBe(nameof(ProblemCode.TOO_MANY_CALLS));
        }
    }

    private static async Task<IReadOnlyList<HttpResponseMessage>> ManyAsync(HttpClient client, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => client.PostMemoAsync()));

    private static HttpClient From(TestServer server, string address, string authorization)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address).MapToIPv6(), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = server.Address,
        };
        client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(authorization);
        return client;
    }

    private static async Task<string> AskAsync(TestServer server, string head)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Address.Host, server.Address.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{head}Host: localhost\r\nConnection: close\r\n\r\n"));

        // The server still waits for the body when it has answered, so the connection does not end by itself.
        var answer = new StringBuilder();
        using var reader = new StreamReader(connection.GetStream());
        while (!answer.ToString().Contains("\r\n0\r\n", StringComparison.Ordinal) && await reader.ReadLineAsync() is { } line)
            answer.Append(line).Append("\r\n");
        return answer.ToString();
    }
}
