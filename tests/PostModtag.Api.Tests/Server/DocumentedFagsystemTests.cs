using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application;
using PostModtag.Application.Fagsystemer;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Server;

/// <summary>The fagsystem that docs/extending.md shows compiles, works, and is what the page shows.</summary>
public sealed class DocumentedFagsystemTests
{
    [Fact]
    public async Task It_takes_a_message_with_a_case_once_and_rejects_one_without()
    {
        var database = new JournalDatabase();
        await using var server = await TestServer.StartAsync(services => services.AddSingleton(database).AddFagsystem<Journal>("journal"));
        const string Case = "<memo:ContentData><memo:CaseID><memo:caseID>2026-117</memo:caseID><memo:caseSystem>Journal</memo:caseSystem></memo:CaseID></memo:ContentData>";
        var withCase = new TestMemo { ExtraHeader = Case };

        using var accepted = await server.PostAsync(withCase.ToBytes(), "application/json");
        using var rejected = await server.PostAsync(new TestMemo().ToBytes(), "application/json");

        (await accepted.JsonAsync()).Text("receiptStatus").ShouldBe("COMPLETED");
        (await rejected.JsonAsync()).Text("errorMessage").ShouldBe("Meddelelsen har intet sagsnummer.");
        database.Letters.ShouldHaveSingleItem();
        database.Letters[withCase.Uuid].ShouldBe(("2026-117", "Kære kommune"));
    }

    [Fact]
    public async Task The_page_shows_it_as_it_is()
    {
        var source = await File.ReadAllTextAsync(Repository.PathOf("tests", "PostModtag.Api.Tests", "Server", "DocumentedFagsystemTests.cs"));
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "extending.md"));
        var shown = page.Split("```csharp\n")[1].Split("```")[0];

        shown.ShouldStartWith("public sealed class Journal");
        source.ShouldContain(shown);
    }
}

public sealed class Journal(JournalDatabase database) : IFagsystem
{
    public async Task<FagsystemAnswer> DeliverAsync(FagsystemDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Header.ContentData?.CaseID is not { } caseId)
            return FagsystemAnswer.Reject("Meddelelsen har intet sagsnummer.");
        await using var letter = await delivery.Files[0].OpenReadAsync(cancellationToken);
        await database.AddOnceAsync(delivery.MessageUuid, caseId.CaseID, letter, cancellationToken);
        return FagsystemAnswer.Accept();
    }
}

/// <summary>What the vendor has: knows a message that it has taken.</summary>
public sealed class JournalDatabase
{
    public ConcurrentDictionary<Guid, (string Case, string Letter)> Letters { get; } = new();

    public async Task AddOnceAsync(Guid messageUuid, string caseId, Stream letter, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(letter);
        Letters.TryAdd(messageUuid, (caseId, await reader.ReadToEndAsync(cancellationToken)));
    }
}
