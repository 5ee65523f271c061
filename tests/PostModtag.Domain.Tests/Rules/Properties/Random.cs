using CsCheck;
using PostModtag.Domain.Rules;
using static PostModtag.Domain.Rules.ConditionOperator;

namespace PostModtag.Domain.Tests.Rules.Properties;

/// <summary>Random messages, conditions and rules over so few values that they often meet.</summary>
internal static class Random
{
    private static readonly string[] Texts = ["", "a", "A", "ab", "aB", "b", "ba", "a.b", "A.B.c", "a.bc", "ab.a", "æ", "Æ.a"];
    private static readonly string[] Keys = ["27", "27.12", "27.12.06", "27.123", "27.1", "28"];
    private static readonly string[] Names = ["navn", "NAVN", "andet"];
    private static readonly string[] Patterns = ["a", "^a", "b$", "^$", "a.b", "^[0-9.]+$", "^(a|b)+$"];
    private static readonly string[] Numbers = ["1", "2", "3", "10", "2.0", " 3", "2.5"];
    private static readonly string[] Days = ["2026-01-01", "2026-01-02", "2026-02-01"];
    private static readonly Guid[] Uuids = [Guid.Parse("d0000000-0000-4000-8000-00000000000a"), Guid.Parse("d0000000-0000-4000-8000-00000000000b")];
    private static readonly string[] UuidTexts = [.. Uuids.Select(uuid => uuid.ToString()), Uuids[0].ToString().ToUpperInvariant()];

    public static readonly Gen<MessageFacts> Message = Gen.Select(
        Gen.OneOf(Texts),
        Gen.OneOf<string?>([null, .. Keys, .. Texts]),
        Gen.Select(Gen.OneOf(Names), Gen.OneOf(Texts)).Array[0, 2],
        Gen.Select(Gen.OneOf(Uuids), Gen.OneOf<string?>([null, .. Texts])).Array[0, 2],
        Gen.OneOf<long?>(null, 1, 2, 3, 10),
        Gen.OneOf<DateOnly?>(null, new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 2), new DateOnly(2026, 2, 1)),
        Gen.Bool,
        Gen.Bool,
        (label, key, additional, replies, number, day, mandatory, forwarded) =>
            new MessageFacts(label, key, additional, replies, number, day, mandatory, forwarded));

    public static readonly Gen<Condition> Condition = Gen.OneOf([.. MessageFacts.Fields]).SelectMany(On);

    public static readonly Gen<DistributionRule> Rule = Gen.Select(
        Gen.Int[1, 3],
        Gen.Frequency((1, Gen.Const(0)), (9, Gen.Int[1, 3])).SelectMany(count => Condition.Array[count]),
        Gen.OneOf("f1", "f2", "f3"),
        Gen.Frequency((4, Gen.Const((DateOnly?)null)), (1, Gen.Int[-1, 1].Select(days => (DateOnly?)Routing.Day.AddDays(days)))),
        Gen.Frequency((4, Gen.Const((DateOnly?)null)), (1, Gen.Int[-1, 1].Select(days => (DateOnly?)Routing.Day.AddDays(days)))),
        Gen.Frequency((9, true), (1, false)),
        (priority, conditions, fagsystem, from, until, isEnabled) => new DistributionRule("", priority, conditions, fagsystem, from, until, isEnabled));

    /// <summary>A condition on that field.</summary>
    public static Gen<Condition> On(string field) => field switch
    {
        "ContentData/ProductionUnit/productionUnitNumber" => Asks(field, [EqualTo, Greater, Less, Exists], Numbers),
        "doNotDeliverUntilDate" => Asks(field, [EqualTo, Greater, Less, Exists], Days),
        "mandatory" => Asks(field, [EqualTo], ["true", "false"]),
        "ReplyData/messageUUID" => Asks(field, [EqualTo, Exists], UuidTexts),
        "kind" => Asks(field, [EqualTo, StartsWith, Contains], ["new", "Reply", "forwarded", "re", "w"]),
        "ContentData/AdditionalContentData/contentDataName" => Asks(field, [EqualTo, StartsWith, Contains, Exists], [.. Names, "n", "d"]),
        _ => Asks(field, [EqualTo, EqualTo, Under, Under, StartsWith, Contains, Matches, Exists], field.EndsWith("Key", StringComparison.Ordinal) ? [.. Keys, .. Texts] : Texts),
    };

    /// <summary>A rule set of at most so many rules, each with a name of its own.</summary>
    public static Gen<RuleSet> RuleSet(int most) => Gen.Select(Rule.Array[0, most], Gen.OneOf<string?>(null, "f9"),
        (rules, otherwise) => new RuleSet([.. rules.Select((rule, i) => rule with { Name = $"r{i}" })], Otherwise: otherwise));

    private static Gen<Condition> Asks(string field, ConditionOperator[] operators, string[] values) => Gen.OneOf(operators).SelectMany(@operator =>
    {
        string[] suitable = @operator switch
        {
            Matches => Patterns,
            EqualTo => values,
            _ => [.. values.Where(value => value.Length > 0)],
        };
        return Gen.Select(
            @operator == Exists ? Gen.Const(Array.Empty<string>()) : Gen.OneOf(suitable).Array[1, 3],
            Gen.Frequency((3, false), (1, true)),
            Gen.Frequency((3, false), (1, true)),
            (its, not, caseSensitive) => new Condition(field, @operator, its, not, caseSensitive));
    });
}
