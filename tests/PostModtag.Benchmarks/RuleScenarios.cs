using System.Globalization;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Rules;

namespace PostModtag.Benchmarks;

/// <summary>Rules and messages to measure with. Each rule has a number, and a message is made for a rule by its number.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Conditions">The conditions of a rule.</param>
/// <param name="Message">A message for a rule.</param>
internal sealed record RuleScenario(string Name, Func<int, Condition[]> Conditions, Func<int, MemoMessage> Message)
{
    private const string Kle = "ContentData/KLEdata/subjectKey";
    private const string ContactPoint = "Recipient/ContactPoint/contactPointID";

    public static IReadOnlyList<RuleScenario> All { get; } =
    [
        new("typical", Typical, rule => rule % 10 < 6 ? Letter(key: Key(rule) + ".06", contactPoint: Uuid(-rule)) : Letter(key: Key(-rule - 1), contactPoint: Uuid(rule))),
        new("no match", Typical, rule => Letter(key: Key(-rule - 1), contactPoint: Uuid(-rule - 1))),
        new("one value shared by all", rule => [Equal("Sender/idType", "CPR"), Equal("postType", "MYNDIGHEDSPOST"), .. Typical(rule)],
            rule => Letter(key: Key(rule), contactPoint: Uuid(rule))),
        new("each value shared by 100", rule => [Equal(ContactPoint, Uuid(rule / 100)), new(Kle, ConditionOperator.Under, [Key(rule % 100)])],
            rule => Letter(key: Key(rule % 100), contactPoint: Uuid(rule / 100))),
        new("each value shared by 1,000", Digits, rule => Letter(
            code: $"kode {rule % 10}", group: $"gruppe {rule / 10 % 10}", facet: $"P0{rule / 100 % 10}", contactPoint: Uuid(rule / 1_000))),
        new("contains only", rule => [new("label", ConditionOperator.Contains, [$"sag {Words(rule)}"])], rule => Letter(label: $"Vedrørende sag {Words(rule)} fra i går")),
        new("contains only, no match", rule => [new("label", ConditionOperator.Contains, [$"sag {Words(rule)}"])], rule => Letter(label: $"Vedrørende sagen om vej {rule} fra i går")),
        new("numbers", rule => [Equal("ContentData/ProductionUnit/productionUnitNumber", $"{9_990_000_000 + rule}")], rule => Letter(productionUnit: 9_990_000_000 + rule)),
    ];

    public RuleSet Rules(int count) => new([.. Enumerable.Range(0, count).Select(rule => new DistributionRule($"regel {rule}", rule, Conditions(rule), $"fagsystem {rule % 20}"))]);

    private static Condition[] Typical(int rule) => rule % 10 < 6 ? [new(Kle, ConditionOperator.Under, [Key(rule)])] : [Equal(ContactPoint, Uuid(rule))];

    private static Condition[] Digits(int rule) =>
    [
        Equal("messageCode", $"kode {rule % 10}"), Equal("Recipient/ContactPoint/contactGroup", $"gruppe {rule / 10 % 10}"),
        Equal("ContentData/KLEdata/activityFacet", $"P0{rule / 100 % 10}"), Equal(ContactPoint, Uuid(rule / 1_000)),
    ];

    private static Condition Equal(string field, string value) => new(field, ConditionOperator.EqualTo, [value]);

    private static string Key(int rule) => string.Create(CultureInfo.InvariantCulture, $"{(rule < 0 ? 'x' : '2')}{Math.Abs(rule) / 1_000}.{Math.Abs(rule) % 1_000:000}");

    private static string Uuid(int rule) => $"c0000000-0000-4000-8000-{(rule < 0 ? 'f' : '0')}{Math.Abs(rule):00000000000}";

    private static string Words(int rule) => string.Create(CultureInfo.InvariantCulture, $"{rule % 100:00}-{rule / 100:00}/bygge");

    private static MemoMessage Letter(
        string label = "Ansøgning om byggetilladelse", string key = "00.00.00", string contactPoint = "", string? code = null, string? group = null,
        string? facet = null, long? productionUnit = null) => new()
        {
            MemoVersion = 1.2m,
            MessageHeader = new MemoHeader
            {
                MessageType = "DIGITALPOST",
                MessageUUID = Guid.NewGuid(),
                MessageCode = code,
                Label = label,
                PostType = "MYNDIGHEDSPOST",
                Sender = new MemoSender { SenderID = "0113701234", IdType = "CPR", Label = "Ida Opdigtet" },
                Recipient = new MemoRecipient
                {
                    RecipientID = "90000001", IdType = "CVR", ContactPoint = new MemoContactPoint { ContactPointID = contactPoint, ContactGroup = group },
                },
                ContentData = new MemoContentData
                {
                    KLEdata = new MemoKLEdata { SubjectKey = key, Version = "2026-02", Label = "Emne", ActivityFacet = facet },
                    ProductionUnit = productionUnit is { } number ? new MemoProductionUnit { ProductionUnitNumber = number } : null,
                },
            },
        };
}
