using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Api;
using PostModtag.Application;
using PostModtag.Conformance;
using PostModtag.Contract;

namespace Acme.Modtag.Tests;

/// <summary>The server with the journal in it, over HTTP.</summary>
public sealed class JournalTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("acme-modtag-").FullName;
    private WebApplication _server = null!;

    private Uri Endpoint => new($"{_server.Urls.First()}/PostModtag");

    public async Task InitializeAsync()
    {
        var builder = PostModtagServer.CreateBuilder([]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PostModtag:DataFolder"] = Path.Combine(_folder, "data"), ["Journal:Folder"] = Path.Combine(_folder, "journal"),
        });
        builder.Services.AddSingleton<JournalFolder>();
        builder.Services.AddFagsystem<Journal>("journal");
        _server = PostModtagServer.Build(builder);
        await _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_does_what_the_contract_says_of_every_EP_FS1()
    {
        var target = new ConformanceTarget { Endpoint = Endpoint, RejectedLabel = "Afvis mig" };

        var results = await ConformanceRun.RunAsync(target, ConformanceRun.Cases.Where(each => !each.IsLong), null, CancellationToken.None);

        Assert.Empty(results.Where(result => result.Outcome == CaseOutcome.Failed).Select(result => $"{result.Case.Id}: {result.Detail}"));
    }

    [Fact]
    public async Task A_message_is_taken_once_with_its_files()
    {
        var uuid = Guid.NewGuid();
        using var http = new HttpClient { BaseAddress = new Uri(Endpoint, "/") };
        for (var time = 0; time < 2; time++)
        {
            using var memo = new MemoryStream(PostModtag.Conformance.Messages.Letter.Of(uuid, "90000001"));
            var answer = await new PostModtagClient(http).ReceiveMessageAsync(memo, "application/xml", Guid.NewGuid(), CancellationToken.None);
            Assert.Equal(ReceiptStatus.COMPLETED, answer.Result.ReceiptStatus);
        }

        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "journal", uuid.ToString())));
    }
}
