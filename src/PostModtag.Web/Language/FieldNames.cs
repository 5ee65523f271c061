using PostModtag.Domain.Rules;

namespace PostModtag.Web.Language;

/// <summary>What people call the fields that rules ask for. Those that are asked for most have names in the texts; the others have MeMo's own.</summary>
public sealed class FieldNames(Texts texts)
{
    private const string Header = "MessageHeader/";

    /// <summary>Those that are asked for most, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> Common { get; } =
    [
        "Recipient/ContactPoint/contactPointID", "Recipient/ContactPoint/contactGroup", "Recipient/ContactPoint/ContactInfo[NAME]/value",
        "ContentData/KLEdata/subjectKey", "ContentData/KLEdata/activityFacet", "ContentData/FORMdata/taskKey",
        "ContentData/CaseID/caseID", "ContentData/CaseID/caseSystem", "ContentData/AdditionalContentData[NAME]/contentDataValue",
        "ContentData/CPRdata/cprNumber", "ContentData/CVRdata/cvrNumber", "ContentData/ProductionUnit/productionUnitNumber", "ContentData/PropertyNumber/propertyNumber",
        "ContentData/MotorVehicle/licenseNumber", "ContentData/Education/educationCode",
        "Sender/senderID", "Sender/idType", "Sender/label",
        "messageType", "messageCode", "label", "postType", "mandatory", "legalNotification", "kind",
        "ReplyData/caseID", "ReplyData/contactPointID", "ReplyData/generatingSystemID", "ReplyData/AdditionalReplyData[NAME]/value",
        "ForwardData/originalSender", "ForwardData/contactPointID",
        "Recipient/AttentionData/GlobalLocationNumber/globalLocationNumber", "Recipient/AttentionData/ContentResponsible/contentResponsibleID",
        "fileCount", "fileType", "fileName", "size",
    ];

    /// <summary>The name of a field; MeMo's own where it has no other.</summary>
    public string NameOf(string field)
    {
        var (general, name) = Named(field);
        return texts.Find($"Field.{general}") is { } known ? string.IsNullOrEmpty(name) ? known : $"{known} “{name}”" : field;
    }

    /// <summary>The name of a field of the catalogue, by its path; null where it has only MeMo's own.</summary>
    public string? Known(string path) => texts.Find($"Field.{(path.StartsWith(Header, StringComparison.Ordinal) ? path[Header.Length..] : path)}");

    /// <summary>What a field means, from MeMo's schema; null where it is none.</summary>
    public string? HelpOf(string field) => RuleFields.TryFind(field.Replace("[NAME]", "[x]", StringComparison.Ordinal), out var found)
        ? texts.Language == ConsoleLanguage.English ? found.Documentation : found.DocumentationDanish
        : null;

    /// <summary>A field that stands beside a name, as it is offered, and that name: <c>ContactInfo[NAME]/value</c> and <c>CPR</c>.</summary>
    public static (string General, string? Name) Named(string field)
    {
        var (open, close) = (field.IndexOf('[', StringComparison.Ordinal), field.LastIndexOf("]/", StringComparison.Ordinal));
        return open < 0 || close < open ? (field, null) : ($"{field[..open]}[NAME]{field[(close + 1)..]}", field[(open + 1)..close] is "NAME" ? "" : field[(open + 1)..close]);
    }
}
