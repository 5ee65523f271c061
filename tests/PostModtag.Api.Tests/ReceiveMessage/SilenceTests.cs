using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

/// <summary>No field value of a message is logged or quoted in an error, at the most talkative level, whatever goes wrong.</summary>
[Operation("ReceiveMessage")]
[Operation("FindMessages")]
public sealed class SilenceTests
{
    private const string Planted = "0113709876";

    [Fact]
    public async Task A_CPR_number_planted_in_every_field_is_in_no_log_and_in_no_error_text()
    {
        var script = new Script();
        await using var server = await TestServer.StartAsync(script.Register, settings: ["--Logging:LogLevel:Default=Trace", "--PostModtag:MaxMessageBytes=100000"]);
        var answers = new List<string>();

        var planted = new TestMemo
        {
            SenderId = Planted, SenderLabel = Planted, Label = Planted, ContactPointId = Planted,
            Files = { ($"{Planted}.txt", "text/plain", System.Text.Encoding.ASCII.GetBytes(Planted)) },
        };
        answers.Add(await PostAsync(server, planted.ToBytes()));
        answers.Add(await PostAsync(server, new TestMemo { SenderId = Planted + "1", Label = new string('x', 300) + Planted }.ToBytes()));
        answers.Add(await PostAsync(server, new TestMemo { RecipientId = Planted, ExtraHeader = $"<memo:unknown>{Planted}</memo:unknown>" }.ToBytes()));
        answers.Add(await PostAsync(server, new TestMemo { MessageUuid = Planted }.ToBytes()));
        answers.Add(await PostAsync(server, new TestMemo { MessageType = Planted, MemoVersion = Planted }.ToBytes()));
        answers.Add(await PostAsync(server, new TestMemo { Files = { ($"../{Planted}", Planted, []) } }.ToBytes()));
        answers.Add(await PostAsync(server, new TestMemo { Label = Planted }.ToBytes()[..^20]));
        answers.Add(await PostAsync(server, new TestMemo { Label = $"<{Planted}" }.ToBytes()));
        answers.Add(await PostAsync(server, System.Text.Encoding.UTF8.GetBytes(
            new TestMemo().ToString().Replace("<memo:content>", $"<memo:content>{Planted}!!{Planted}", StringComparison.Ordinal))));
        script.Answer = (_, _) => throw new InvalidOperationException($"Borger {Planted} findes ikke", new ArgumentException(Planted));
        answers.Add(await PostAsync(server, new TestMemo { SenderId = Planted }.ToBytes()));
        using var search = await server.Client.GetAsync($"messages?sender={Planted}&recipient={Planted}&contactPoint={Planted}&label={Planted}");
        using var wrong = await server.Client.GetAsync($"messages?pageSize=0&sender={Planted}&cursor={Planted}");
        using var unbound = await server.Client.GetAsync($"messages?state={Planted}&receivedFrom={Planted}");
        using var elsewhere = await server.Client.GetAsync($"{Planted}/{Planted}");
        answers.Add(await wrong.Content.ReadAsStringAsync());
        answers.Add(await unbound.Content.ReadAsStringAsync());
        answers.Add(await elsewhere.Content.ReadAsStringAsync());

        script.Deliveries.ShouldNotBeEmpty();
        server.Log.Lines.Count.ShouldBeGreaterThan(10);
        server.Log.Lines.Where(line => line.Contains(Planted, StringComparison.Ordinal)).ShouldBeEmpty();
        answers.Where(answer => answer.Contains(Planted, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static async Task<string> PostAsync(TestServer server, byte[] body)
    {
        using var response = await server.PostAsync(body);
        return await response.Content.ReadAsStringAsync();
    }
}
