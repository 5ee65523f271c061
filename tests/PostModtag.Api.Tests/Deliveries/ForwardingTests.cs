using System.Net;
using System.Security.Cryptography;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>A fagsystem on another host is sent the bytes that came, unchanged, with what was said of them.</summary>
[Operation("ReceiveMessage")]
public sealed class ForwardingTests : IAsyncLifetime
{
    private Delivering _delivering = null!;

    public async Task InitializeAsync() => _delivering = await Delivering.StartAsync();

    public async Task DisposeAsync() => await _delivering.DisposeAsync();

    [Fact]
    public async Task Every_example_goes_out_as_it_came()
    {
        await _delivering.Server.PublishAsync(Setup.Everything(Delivering.Key), "90000001");
        foreach (var example in Examples.Valid)
        {
            var body = Examples.ReadValid(example);
            var before = _delivering.Calls.Count();
            using var response = await _delivering.Server.PostAsync(body, "application/json", "text/xml", Guid.NewGuid().ToString());
            response.StatusCode.ShouldBe(HttpStatusCode.OK, example);
            if (_delivering.Calls.Count() == before)
                continue; // For another authority, which has no rules.
            var call = _delivering.Calls.Last();
            (call.Sha256, call.Length, call.Header("Content-Length")).ShouldBe((Convert.ToHexStringLower(SHA256.HashData(body)), body.Length, $"{body.Length}"), example);
            (call.Method, call.Path, call.Header("Content-Type"), call.Header("Accept")).ShouldBe(("POST", "/PostModtag", "text/xml", "application/json"));
            call.Header("x-TransaktionsId").ShouldBe(response.TransactionId());
            call.Header("x-TransaktionsTid").ShouldNotBeNullOrEmpty();
        }

        _delivering.Calls.Count().ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("application/xml; charset=iso-8859-1")]
    [InlineData("text/xml; charset=utf-8")]
    public async Task Its_Content_Type_goes_with_it(string contentType)
    {
        using var response = await _delivering.Server.PostAsync(new TestMemo { Label = "Ansogning" }.ToBytes(), contentType: contentType);
        _delivering.Calls.Single().Header("Content-Type").ShouldBe(contentType);
    }

    [Theory]
    [InlineData(413, "NotTaken", DeliveryConcern.PERSON)]
    [InlineData(401, "NotAuthorized", DeliveryConcern.CONFIGURATION)]
    public async Task One_that_refuses_a_large_message_before_it_has_read_it_is_heard(int status, string reason, DeliveryConcern concern)
    {
        _delivering.Fagsystem.AnswerEarly = StandInAnswers.Problem(status);
        var memo = new TestMemo { Files = { ("stor.bin", "image/png", new byte[8_000_000]) } };

        (await _delivering.PostAsync(memo)).Status.ShouldBe((int)HttpStatusCode.ServiceUnavailable);

        var message = await _delivering.GetAsync(memo);
        var attempt = message.Attempts.Single();
        (attempt.Reason, attempt.HttpStatus, message.Concern).ShouldBe((reason, status, concern));
        _delivering.Fagsystem.AnswerEarly = null;
        (await _delivering.PostAsync(memo)).Status.ShouldBe((int)HttpStatusCode.OK);
        _delivering.Calls.Single().Sha256.ShouldBe(message.Sha256);
    }

    [Fact]
    public async Task Another_server_of_this_kind_can_be_the_fagsystem()
    {
        await using var second = await TestServer.StartAsync();
        await _delivering.Server.ChangeRestAsync(Delivering.Key, rest => rest.Url = $"{second.Client.BaseAddress}PostModtag");
        var memo = new TestMemo { Files = { ("bilag.png", "image/png", new byte[300_000]) } };

        (await _delivering.PostAsync(memo)).Body.ShouldContain("COMPLETED");

        var (here, there) = (await _delivering.GetAsync(memo), (await second.Messages.GetMessageAsync(memo.Uuid)).Result);
        (there.Sha256, there.TransactionId, there.ContentType).ShouldBe((here.Sha256, here.TransactionId, here.ContentType));

        // What that one rejects is relayed.
        await second.Drafts.SaveDraftAsync(Setup.Rules(), Setup.Authority, "*");
        await second.Publications.PublishRulesAsync(new PublicationRequest { Comment = "Ingen" }, Setup.Authority, "*");
        (await _delivering.PostAsync(new TestMemo())).Body.ShouldContain("NO_RULE_MATCHED");
    }
}
