using PostModtag.Domain.Memo;
using PostModtag.Domain.Rules;
using static PostModtag.Domain.Tests.Rules.Routing;

namespace PostModtag.Domain.Tests.Rules;

public sealed class RuleFieldsTests
{
    private static readonly RoutedMessage Everything = Example("every-element-1.2.xml");

    /// <summary>Every header field that can designate a fagsystem can be asked for, and is found where the message has it.</summary>
    [Theory]
    [InlineData("Sender/senderID", "90000030")]
    [InlineData("Sender/idType", "CVR")]
    [InlineData("Sender/label", "Tagrør & Strå ApS")]
    [InlineData("Sender/Representative/representativeID", "0913964567")]
    [InlineData("Recipient/recipientID", "90000001")]
    [InlineData("Recipient/label", "Klitborg Kommune")]
    [InlineData("Recipient/ContactPoint/contactPointID", "c0000000-0000-4000-8000-000000000002")]
    [InlineData("Recipient/ContactPoint/contactGroup", "Teknik og Miljø")]
    [InlineData("Recipient/ContactPoint/ContactInfo[Sagsnummer]/value", "BYG-2026-0042")]
    [InlineData("Sender/ContactPoint/ContactInfo[Kundenummer]/value", "K-17")]
    [InlineData("messageCode", "BYGGESAG")]
    [InlineData("messageType", "DIGITALPOST")]
    [InlineData("postType", "VIRKSOMHEDSPOST")]
    [InlineData("label", "Alle elementer i version 1.2")]
    [InlineData("ContentData/CaseID/caseID", "BYG-2026-0042")]
    [InlineData("ContentData/CaseID/caseSystem", "Klitborg ESDH")]
    [InlineData("ContentData/KLEdata/subjectKey", "02.34.02")]
    [InlineData("ContentData/KLEdata/activityFacet", "P19")]
    [InlineData("ContentData/FORMdata/taskKey", "30.10.05")]
    [InlineData("ContentData/CPRdata/cprNumber", "0113701234")]
    [InlineData("ContentData/CVRdata/cvrNumber", "90000010")]
    [InlineData("ContentData/ProductionUnit/productionUnitNumber", "9990000017")]
    [InlineData("Recipient/AttentionData/ProductionUnit/productionUnitNumber", "9990000017")]
    [InlineData("ContentData/PropertyNumber/propertyNumber", "9999990001")]
    [InlineData("ContentData/MotorVehicle/licenseNumber", "XX00000")]
    [InlineData("ContentData/Education/educationCode", "9999")]
    [InlineData("Sender/AttentionData/SORdata/sorIdentifier", "9999999999999999")]
    [InlineData("Recipient/AttentionData/SORdata/sorIdentifier", "9999999999999999")]
    [InlineData("Sender/AttentionData/GlobalLocationNumber/globalLocationNumber", "5790000000001")]
    [InlineData("Recipient/AttentionData/GlobalLocationNumber/globalLocationNumber", "5790000000001")]
    [InlineData("Sender/AttentionData/GeneratingSystem/generatingSystemID", "5a000000-0000-4000-8000-000000000001")]
    [InlineData("Sender/AttentionData/ContentResponsible/contentResponsibleID", "TM")]
    [InlineData("Recipient/AttentionData/ContentResponsible/label", "Teknik og Miljø")]
    [InlineData("ContentData/AdditionalContentData/contentDataName", null)]
    [InlineData("ReplyData/messageID", null)]
    [InlineData("ReplyData/messageUUID", null)]
    [InlineData("ReplyData/senderID", null)]
    [InlineData("ReplyData/caseID", null)]
    [InlineData("ReplyData/contactPointID", null)]
    [InlineData("ReplyData/generatingSystemID", null)]
    [InlineData("ReplyData/comment", null)]
    [InlineData("ReplyData/AdditionalReplyData/label", null)]
    [InlineData("ForwardData/messageUUID", null)]
    [InlineData("ForwardData/originalMessageDateTime", null)]
    [InlineData("ForwardData/originalSender", null)]
    [InlineData("ForwardData/originalContentResponsible", null)]
    [InlineData("ForwardData/originalRepresentative", null)]
    [InlineData("ForwardData/contactPointID", null)]
    [InlineData("ForwardData/comment", null)]
    [InlineData("kind", "reply")]
    [InlineData("fileCount", null)]
    [InlineData("fileType", null)]
    [InlineData("fileName", null)]
    [InlineData("size", "1234")]
    public void A_field_that_can_designate_a_fagsystem_is_there(string name, string? value)
    {
        RuleFields.TryFind(name, out var field).ShouldBeTrue();
        field.Values(Everything).ShouldNotBeEmpty();
        if (value is not null)
            field.Values(Everything).ShouldBe([value]);
    }

    [Fact]
    public void Every_field_of_the_catalogue_can_be_asked_for_by_its_path_with_and_without_MessageHeader()
    {
        foreach (var field in MemoFields.All)
        {
            RuleFields.TryFind(field.Path, out var found).ShouldBeTrue(field.Path);
            RuleFields.TryFind(found.Name, out var same).ShouldBeTrue(found.Name);
            same.ShouldBe(found);
            found.Values(Everything).ShouldBe(field.Values(Everything.Memo), field.Path);
        }

        RuleFields.All.Count.ShouldBe(MemoFields.All.Count + 5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sagsnummer")]
    [InlineData("Sender")]
    [InlineData("sender/senderid")]
    [InlineData("Recipient/ContactPoint/ContactInfo[]/value")]
    [InlineData("Recipient/ContactPoint/ContactInfo[CPR]/label")]
    [InlineData("Recipient/ContactPoint[CPR]/value")]
    [InlineData("MessageHeader/MessageHeader/label")]
    public void What_is_no_field_is_not_found(string name) => RuleFields.TryFind(name, out _).ShouldBeFalse();

    [Fact]
    public void Every_form_by_name_is_a_field_with_a_name_put_in()
    {
        RuleFields.NamedForms.Count().ShouldBe(4);
        foreach (var form in RuleFields.NamedForms)
            RuleFields.TryFind(form.Replace("NAME", "Sagsnummer"), out _).ShouldBeTrue(form);
    }

    [Fact]
    public void Every_field_is_documented_in_English_and_in_Danish()
    {
        RuleFields.All.ShouldAllBe(field => field.Documentation.Length > 0 && field.DocumentationDanish.Length > 0);
        RuleFields.All.ShouldAllBe(field => field.Documentation != field.DocumentationDanish);
    }
}
