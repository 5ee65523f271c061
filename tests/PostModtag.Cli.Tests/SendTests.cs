using System.Text.Json;
using PostModtag.Contract.Administration;

namespace PostModtag.Cli.Tests;

/// <summary>Messages are sent to an EP_FS1, ours or another's, and the receipts are printed.</summary>
public sealed class SendTests
{
    [Fact]
    public async Task Files_are_sent_and_what_was_not_accepted_ends_with_1()
    {
        await using var server = await TestServer.StartAsync();
        var target = $"{server.Address}PostModtag";
        var (valid, invalid) = (Path.Combine(Examples.Folder, "valid", "kle-1.2.xml"), Path.Combine(Examples.Folder, "invalid", "wrong-order-1.2.xml"));

        (await Running.RunAsync("send", target, valid)).ShouldBe((0, $"COMPLETED   {valid}{Environment.NewLine}", ""));

        var (code, output, error) = await Running.RunAsync("send", target, valid, invalid, Path.Combine(Examples.Folder, "README.md"));
        (code, error).ShouldBe((1, ""));
        output.ShouldContain($"INVALID     {invalid}: SCHEMA_VIOLATION, ");
        output.ShouldContain("HTTP 400    ");
        output.ShouldContain("3 sent in ");
        output.ShouldContain(": 1 COMPLETED, 1 INVALID, 1 HTTP 400. Answers took ");
    }

    [Fact]
    public async Task Messages_are_made_each_its_own_and_as_large_as_it_is_to_be()
    {
        await using var server = await TestServer.StartAsync();

        var (code, output, error) = await Running.RunAsync("send", $"{server.Address}PostModtag", "--generate", "12", "--size", "50000", "--connections", "3", "--recipient", "90000002");

        (code, error).ShouldBe((0, ""));
        output.ShouldStartWith("12 sent in ");
        var messages = (await server.Messages.FindMessagesAsync(recipient: "90000002")).Result.Messages;
        messages.Count.ShouldBe(12);
        messages.ShouldAllBe(message => message.State == MessageState.ACCEPTED && message.Size > 49_000 && message.Size <= 50_000);
    }

    [Fact]
    public async Task Anothers_answers_are_read_as_XML_and_with_when_to_send_again()
    {
        await using var another = await StandInFagsystem.StartAsync();
        another.Answer = async (call, answer) =>
        {
            if (another.Calls.Count > 1)
            {
                answer.Response.StatusCode = 503;
                answer.Response.Headers.RetryAfter = "7";
                return;
            }

            answer.Response.ContentType = "application/xml";
            await answer.Response.Body.WriteAsync("<r:Receipt xmlns:r=\"urn:x\"><r:receiptStatus>NOT_ALLOWED</r:receiptStatus><r:errorCode>X1</r:errorCode><r:errorMessage>Nej</r:errorMessage></r:Receipt>"u8.ToArray());
        };
        var file = Path.Combine(Examples.Folder, "valid", "kle-1.2.xml");

        var (code, output, _) = await Running.RunAsync("send", another.Url, file, file, "--token", "opdigtet", "--json");

        code.ShouldBe(1);
        var lines = output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        (lines[0].GetProperty("receiptStatus").GetString(), lines[0].GetProperty("errorCode").GetString(), lines[0].GetProperty("text").GetString()).ShouldBe(("NOT_ALLOWED", "X1", "Nej"));
        (lines[1].GetProperty("httpStatus").GetInt32(), lines[1].GetProperty("retryAfter").GetInt32(), lines[1].GetProperty("receiptStatus").GetString()).ShouldBe((503, 7, null));
        another.Calls.ShouldAllBe(call => call.Header("Authorization") == "Bearer opdigtet");
    }

    [Fact]
    public async Task Who_is_not_there_is_said_not_to_answer()
    {
        using var nobody = new ClosedPort();

        var (code, output, _) = await Running.RunAsync("send", $"http://localhost:{nobody.Number}/PostModtag", Path.Combine(Examples.Folder, "valid", "kle-1.2.xml"));

        code.ShouldBe(1);
        output.ShouldStartWith("no answer   ");
    }

    [Fact]
    public async Task A_client_certificate_is_presented_and_a_server_is_trusted_only_when_it_is_to_be()
    {
        using var certificates = new TestCertificates();
        using var own = certificates.Server();
        await using var another = await StandInFagsystem.StartAsync(own);
        var folder = Directory.CreateTempSubdirectory("postmodtag-send-").FullName;
        var certificate = Path.Combine(folder, "mig.p12");
        using (var mine = certificates.Client())
            await File.WriteAllBytesAsync(certificate, mine.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs12, "hemmelig"));
        string[] words = ["send", another.Url, Path.Combine(Examples.Folder, "valid", "kle-1.2.xml"), "--certificate", certificate, "--certificate-password", "hemmelig"];

        (await Running.RunAsync(words)).Code.ShouldBe(1);
        another.Calls.ShouldBeEmpty();
        (await Running.RunAsync([.. words, "--trust-any"])).Code.ShouldBe(0);
        another.Calls.ShouldHaveSingleItem().ClientCertificate.ShouldNotBeNull();
        (await Running.RunAsync([.. words[..^1], "forkert"])).Code.ShouldBe(2);
        Directory.Delete(folder, recursive: true);
    }
}
