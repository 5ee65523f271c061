using System.Text.RegularExpressions;
using System.Xml.Linq;
using PostModtag.Testing;

namespace PostModtag.Web.Tests;

/// <summary>Both languages have the same texts, with the same places for values in them; and pages have texts by name only.</summary>
public sealed partial class TextsTests
{
    private static readonly string Web = Repository.PathOf("src", "PostModtag.Web");

    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_values()
    {
        var (danish, english) = (Read("Danish"), Read("English"));

        danish.Count.ShouldBeGreaterThan(400);
        english.Keys.ShouldBe(danish.Keys);
        danish.Where(text => Values(text.Value) != Values(english[text.Key])).Select(text => text.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_that_a_page_names_is_there()
    {
        var texts = Read("Danish");
        var named = Sources().SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().ToList();

        named.Count.ShouldBeGreaterThan(300);
        named.Where(name => !texts.ContainsKey(name) && !texts.ContainsKey($"{name}.One")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_value_of_an_enum_that_is_shown_has_a_text()
    {
        var texts = Read("Danish");
        Type[] shown =
        [
            typeof(Domain.Messages.MessageState), typeof(Domain.Deliveries.DeliveryConcern), typeof(Domain.Deliveries.DeliveryResult), typeof(Domain.Deliveries.UndecidedReason),
            typeof(Domain.Rules.RoutingBasis), typeof(Domain.Rules.WhenUndecided), typeof(Domain.Outbox.OutboxState), typeof(Domain.Audit.AuditAction), typeof(Domain.Guard.CountdownLevel),
            typeof(Domain.Fagsystemer.FagsystemKind), typeof(Domain.Fagsystemer.FagsystemState), typeof(Domain.Fagsystemer.CredentialKind), typeof(Domain.Memo.DocumentKind),
            typeof(Domain.Memo.MemoFieldType), typeof(Application.Deliveries.ConnectionState),
        ];

        shown.SelectMany(type => Enum.GetNames(type).Select(name => $"{type.Name}.{name}")).Where(name => !texts.ContainsKey(name)).ShouldBeEmpty();
        Enum.GetNames<Domain.Rules.ConditionOperator>().ShouldAllBe(name => texts.ContainsKey($"Operator.{name}") && texts.ContainsKey($"Not.{name}"));
        Enum.GetNames<Application.Administration.Refusal>().ShouldAllBe(name => texts.ContainsKey($"Refusal.{name}"));
        Enum.GetNames<ConsoleProblem>().ShouldAllBe(name => texts.ContainsKey($"Problem.{name}.Title") && texts.ContainsKey($"Problem.{name}.Text"));
    }

    [Fact]
    public void No_page_has_words_of_its_own()
    {
        var words = Directory.EnumerateFiles(Web, "*.razor", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Words().Matches(Markup(File.ReadAllText(file))).Select(match => $"{Path.GetFileName(file)}: {match.Groups[1].Value.Trim()}"))
            .Where(found => !Allowed().IsMatch(found));

        words.ShouldBeEmpty();
    }

    private static IEnumerable<string> Sources() => new[] { "*.razor", "*.cs" }
        .SelectMany(pattern => Directory.EnumerateFiles(Web, pattern, SearchOption.AllDirectories)).Where(file => !file.Contains("/obj/", StringComparison.Ordinal));

    private static string Markup(string razor) => razor.Split("@code {")[0];

    private static SortedDictionary<string, string> Read(string language) => new(
        XDocument.Load(Path.Combine(Web, "Language", $"{language}.resx")).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value),
        StringComparer.Ordinal);

    private static string Values(string text) => string.Join(',', Value().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex("""(?:\bT|\btexts)(?:\[|\.With\(|\.Count\()"([^"]+)["]""")]
    private static partial Regex Named();

    [GeneratedRegex(@"\{[0-9]\}")]
    private static partial Regex Value();

    /// <summary>Text between tags that begins with a word.</summary>
    [GeneratedRegex(@">\s*([A-ZÆØÅa-zæøå][a-zæøå]{2,}[^<>@{}()=;]*)<")]
    private static partial Regex Words();

    /// <summary>The product's name, and the names of the receipt's fields, which are the contract's.</summary>
    [GeneratedRegex("PostModtag|: (receiptStatus|errorCode|errorMessage|timeStamp|transmissionId|messageUUID|messageId)$")]
    private static partial Regex Allowed();
}
