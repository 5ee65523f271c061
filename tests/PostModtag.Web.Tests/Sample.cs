using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Web.Tests;

/// <summary>A municipality in a small way: fagsystemer, rules, and messages in every state, as people meet them. All persons are invented.</summary>
internal static class Sample
{
    /// <summary>A message that was accepted, with files of several kinds.</summary>
    public static Guid Accepted { get; } = Guid.Parse("a0000000-0000-4000-8000-000000000001");

    /// <summary>A message that is held.</summary>
    public static Guid Held { get; } = Guid.Parse("a0000000-0000-4000-8000-000000000002");

    /// <summary>A message that was rejected since it follows no schema.</summary>
    public static Guid Rejected { get; } = Guid.Parse("a0000000-0000-4000-8000-000000000003");

    /// <summary>The CPR number of who sent them.</summary>
    public const string Cpr = "0113701234";

    /// <summary>The CPR number of who the accepted one is about.</summary>
    public const string OtherCpr = "1213551234";

    private const string Content = $"""
        <memo:ContentData><grd:CPRdata xmlns:grd="https://data.gov.dk/model/core/"><grd:cprNumber>{OtherCpr}</grd:cprNumber><grd:name>Ove Opdigtet</grd:name></grd:CPRdata>
        <memo:CaseID><memo:caseID>BYG-2026-0042</memo:caseID><memo:caseSystem>Byg</memo:caseSystem></memo:CaseID>
        <kle:KLEdata xmlns:kle="http://kle-online.dk/"><kle:subjectKey>02.34.02</kle:subjectKey><kle:version>2026-02</kle:version><kle:label>Byggetilladelser</kle:label></kle:KLEdata></memo:ContentData>
        """;

    public static async Task FillAsync(TestServer server, string unreachable)
    {
        await SetUpAsync(server, unreachable);
        await SendAsync(server);
    }

    /// <summary>The fagsystemer and the rules.</summary>
    public static async Task SetUpAsync(TestServer server, string unreachable)
    {
        foreach (var (key, name, owner) in new[] { ("socialsag", "Socialsag", "Social og Sundhed"), ("byg", "Byg og Miljø", "Teknik og Miljø") })
            await server.Fagsystemer.RegisterFagsystemAsync(new NewFagsystem { Key = key, Name = name, Owner = owner, Kind = FagsystemKind.INBOX });
        await server.Fagsystemer.RegisterFagsystemAsync(new NewFagsystem
        {
            Key = "esdh", Name = "ESDH", Owner = "Sekretariatet", Kind = FagsystemKind.REST, SystemIds = ["Klitborg ESDH"],
            Rest = new RestConnection { Url = unreachable, TimeoutSeconds = 2, MaxConcurrency = 4 },
        });
        var rules = Setup.Rules(
            Setup.Rule("Social og sundhed", "socialsag", Setup.When("ContentData/KLEdata/subjectKey", ConditionOperator.Under, "27", "32.18")),
            Setup.Rule("Byggesager", "byg", Setup.When("label", ConditionOperator.StartsWith, "Byggesag"), Setup.Without("Sender/idType", ConditionOperator.Equals, "CVR")),
            Setup.Rule("Journalen", "esdh", Setup.When("label", ConditionOperator.Contains, "aktindsigt", "journal")));
        rules.Otherwise = "indbakke";
        rules.WhenUndecided = WhenUndecided.HOLD;
        await server.PublishAsync(rules);
    }

    /// <summary>The messages.</summary>
    public static async Task SendAsync(TestServer server)
    {
        await server.PostAsync(Letter(Accepted, "Byggesag: tilbygning på Strandvejen 12", Content).ToBytes());
        await server.PostAsync(Letter(Held, "Anmodning om aktindsigt", "").ToBytes());
        await server.PostAsync(new TestMemo { MessageUuid = Rejected.ToString(), Label = "Fejl i brevet", ExtraHeader = "<memo:findesIkke>1</memo:findesIkke>" }.ToBytes());
        foreach (var (label, name) in new[] { ("Ansøgning om boligstøtte", "Karla Opdigtet"), ("Byggesag: carport", "Mads Opdigtet"), ("Spørgsmål om daginstitution", "Sofie Opdigtet"), ("Byggesag: nedrivning", "Jens Opdigtet") })
            await server.PostAsync(new TestMemo { Label = label, SenderLabel = name }.ToBytes());
    }

    private static TestMemo Letter(Guid uuid, string label, string extra)
    {
        var memo = new TestMemo { MessageUuid = uuid.ToString(), Label = label, ContactPointId = "c0000000-0000-4000-8000-000000000001", ExtraHeader = extra };
        memo.Files.Add(("tegning.png", "image/png", Png));
        memo.Files.Add(("situationsplan.pdf", "application/pdf", "%PDF-1.4\n%%EOF"u8.ToArray()));
        memo.Files.Add(("side.html", "text/html", "<script>document.title = 'taget'</script>"u8.ToArray()));
        return memo;
    }

    private static byte[] Png { get; } = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
