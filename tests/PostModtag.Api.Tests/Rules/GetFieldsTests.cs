using PostModtag.Contract.Administration;
using PostModtag.Domain.Memo;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Rules;

/// <summary>Every field of the catalogue can be asked for, by name where values stand beside one, and those of the message as a whole.</summary>
[Operation("GetFields")]
[Operation("ExplainMemo")]
public sealed class GetFieldsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] DerivedNames = ["kind", "fileCount", "fileType", "fileName", "size"];

    private readonly TestServer _server = shared.Server;
    private readonly string _authority = shared.NewAuthority();

    [Fact]
    public async Task All_fields_of_the_catalogue_and_the_derived_ones_are_listed_with_what_people_need()
    {
        var list = (await _server.Drafts.GetFieldsAsync()).Result;

        list.Fields.Select(field => field.Name).ShouldBe([.. MemoFields.All.Select(field => ShortName(field.Path)), .. DerivedNames]);
        list.Fields.ShouldAllBe(field => field.Danish != "" && field.English != "" && field.Operators.Count > 0);
        list.NamedFields.ShouldBe(
        [
            "Sender/ContactPoint/ContactInfo[NAME]/value", "Recipient/ContactPoint/ContactInfo[NAME]/value",
            "ContentData/AdditionalContentData[NAME]/contentDataValue", "ReplyData/AdditionalReplyData[NAME]/value",
        ]);
        list.Fields.Single(field => field.Name == "kind").AllowedValues.ShouldBe(["new", "forwarded", "reply"]);
        var label = list.Fields.Single(field => field.Name == "label");
        (label.Type, label.MaxLength, label.Repeats, label.AllowedValues).ShouldBe(("Text", 256, false, null));
    }

    [Theory]
    [InlineData("Sender/senderID")]
    [InlineData("Recipient/recipientID")]
    [InlineData("Recipient/ContactPoint/contactPointID")]
    [InlineData("Recipient/ContactPoint/contactGroup")]
    [InlineData("messageCode")]
    [InlineData("messageType")]
    [InlineData("postType")]
    [InlineData("label")]
    [InlineData("ContentData/CaseID/caseID")]
    [InlineData("ContentData/CaseID/caseSystem")]
    [InlineData("ContentData/KLEdata/subjectKey")]
    [InlineData("ContentData/KLEdata/activityFacet")]
    [InlineData("ContentData/FORMdata/taskKey")]
    [InlineData("ContentData/CPRdata/cprNumber")]
    [InlineData("ContentData/CVRdata/cvrNumber")]
    [InlineData("ContentData/ProductionUnit/productionUnitNumber")]
    [InlineData("ContentData/PropertyNumber/propertyNumber")]
    [InlineData("ContentData/MotorVehicle/licenseNumber")]
    [InlineData("ContentData/Education/educationCode")]
    [InlineData("Recipient/AttentionData/SORdata/sorIdentifier")]
    [InlineData("Recipient/AttentionData/GlobalLocationNumber/globalLocationNumber")]
    [InlineData("ReplyData/generatingSystemID")]
    [InlineData("Recipient/AttentionData/ContentResponsible/contentResponsibleID")]
    [InlineData("ReplyData/caseID")]
    [InlineData("ForwardData/messageUUID")]
    public async Task What_can_designate_a_fagsystem_is_there(string name) =>
        (await _server.Drafts.GetFieldsAsync()).Result.Fields.Select(field => field.Name).ShouldContain(name);

    [Theory]
    [InlineData("every-element-1.2.xml")]
    [InlineData("every-element-1.1.xml")]
    [InlineData("reply-1.1.xml")]
    [InlineData("forwarded-letter-1.2.xml")]
    public async Task A_condition_sees_of_every_field_what_the_message_has_there(string example)
    {
        var memo = Examples.ReadValid(example);
        var fields = (await _server.Drafts.GetFieldsAsync()).Result.Fields.Select(field => field.Name).ToList();
        var rules = fields.Chunk(49).Select((some, i) => new DistributionRule
        {
            Name = $"Felter {i}", Priority = i, Fagsystem = "indbakke",
            Conditions = [.. some.Select(field => Setup.When(field, ConditionOperator.Exists)), Setup.When("label", ConditionOperator.Equals, "passer aldrig")],
        });
        await _server.Drafts.SaveDraftAsync(new RuleSet { Rules = [.. rules] }, _authority, "*");
        using var posted = await _server.PostAsync(memo);
        var stored = (await _server.Messages.GetMessageAsync(UuidOf(memo))).Result;

        var tried = (await _server.Explanations.ExplainAsync(_authority, memo)).Result.Tried.SelectMany(rule => rule.Conditions.SkipLast(1)).ToDictionary(condition => condition.Field);

        tried.Keys.ShouldBe(fields);
        foreach (var field in fields.Except(DerivedNames))
        {
            var values = stored.Fields.Where(value => ShortName(value.Path) == field).Select(value => value.Value).ToList();
            tried[field].Values.ShouldBe(values, field);
            tried[field].Held.ShouldBe(values.Exists(value => value.Length > 0), field);
        }

        tried["size"].Values.ShouldBe([$"{memo.Length}"]);
        tried["fileCount"].Values.ShouldBe([$"{stored.Files.Count}"]);
        tried["fileName"].Values.ShouldBe(stored.Files.Select(file => file.FileName));
        tried["fileType"].Values.ShouldBe(stored.Files.Select(file => file.EncodingFormat));
    }

    [Theory]
    [InlineData("kind-ny", "new-letter-citizen-1.2.xml", "kind", "new")]
    [InlineData("kind-svar", "reply-1.1.xml", "kind", "reply")]
    [InlineData("kind-videre", "forwarded-letter-1.2.xml", "kind", "forwarded")]
    [InlineData("label", "every-element-1.2.xml", "Recipient/ContactPoint/ContactInfo[sagsnummer]/value", "BYG-2026-0042")]
    [InlineData("afsender", "every-element-1.2.xml", "MessageHeader/Sender/ContactPoint/ContactInfo[Kundenummer]/value", "K-17")]
    [InlineData("svar", "reply-1.1.xml", "ReplyData/AdditionalReplyData[Journalnummer]/value", "02.34.02-P19-42-26")]
    public async Task A_value_that_stands_beside_a_name_is_had_by_the_name(string rule, string example, string field, string value)
    {
        var found = Setup.Rule(rule, "indbakke", Setup.When(field, ConditionOperator.Equals, value));
        await _server.Drafts.SaveDraftAsync(Setup.Rules(found), _authority, "*");
        (await _server.Drafts.CheckDraftAsync(_authority)).Result.Findings.ShouldAllBe(finding => finding.Severity == FindingSeverity.WARNING);
        (await _server.Explanations.ExplainAsync(_authority, Examples.ReadValid(example))).Result.Tried.Single().Takes.ShouldBeTrue();
    }

    [Fact]
    public async Task The_operators_that_are_listed_are_those_that_can_be_published()
    {
        foreach (var field in (await _server.Drafts.GetFieldsAsync()).Result.Fields.DistinctBy(field => field.Type))
        {
            var rules = Enum.GetValues<ConditionOperator>().Select(@operator => Setup.Rule($"{@operator}", "indbakke",
                @operator == ConditionOperator.Exists ? Setup.When(field.Name, @operator) : Setup.When(field.Name, @operator, "1")));
            await _server.Drafts.SaveDraftAsync(Setup.Rules([.. rules]), _authority, "*");
            var refused = (await _server.Drafts.CheckDraftAsync(_authority)).Result.Findings.Where(finding => finding.Code == "OperatorNotForField").Select(finding => finding.Rule);
            refused.ShouldBe(Enum.GetValues<ConditionOperator>().Except(field.Operators).Select(@operator => $"{@operator}"), ignoreOrder: true, field.Name);
        }
    }

    private static string ShortName(string path) => path.StartsWith("MessageHeader/", StringComparison.Ordinal) ? path["MessageHeader/".Length..] : path;

    private static Guid UuidOf(byte[] memo) => Guid.Parse(System.Xml.Linq.XElement.Load(new MemoryStream(memo))
        .Descendants(System.Xml.Linq.XName.Get("messageUUID", TestMemo.Namespace)).First().Value);
}
