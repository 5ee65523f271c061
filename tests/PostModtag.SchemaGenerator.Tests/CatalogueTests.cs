using System.Globalization;
using System.Xml.Linq;
using PostModtag.Domain.Memo;
using PostModtag.Testing;

namespace PostModtag.SchemaGenerator.Tests;

public sealed class CatalogueTests
{
    private static readonly string Snapshot = Repository.PathOf("tests", "PostModtag.SchemaGenerator.Tests", "MemoFields.snapshot.txt");

    /// <summary>Rules name fields by their paths: a change here is a change for everyone who has rules.</summary>
    [Fact]
    public void The_catalogue_is_as_the_snapshot_says_or_UPDATE_SNAPSHOTS_is_1_and_makes_it_anew()
    {
        var catalogue = string.Concat(MemoFields.All.Select(field => string.Create(CultureInfo.InvariantCulture,
            $"{field.Path} | {field.Type} | {field.MaxLength?.ToString(CultureInfo.InvariantCulture) ?? "-"} | {(field.Repeats ? "repeats" : "once")}\n")));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(Snapshot, catalogue);

        catalogue.ShouldBe(File.ReadAllText(Snapshot).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_field_is_documented_in_English_and_in_Danish()
    {
        MemoFields.All.Where(field => string.IsNullOrWhiteSpace(field.Documentation)).Select(field => field.Path).ShouldBeEmpty();
        MemoFields.All.Where(field => string.IsNullOrWhiteSpace(field.DocumentationDanish)).Select(field => field.Path).ShouldBeEmpty();
        MemoFields.All.Where(field => field.Documentation == field.DocumentationDanish).Select(field => field.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Every_path_names_one_field_and_ends_in_its_name()
    {
        MemoFields.All.Select(field => field.Path).ShouldBeUnique();
        MemoFields.All.ShouldAllBe(field => ("/" + field.Path.Replace("@", "")).EndsWith("/" + field.Name));
    }

    [Fact]
    public void A_field_is_found_by_its_path()
    {
        foreach (var field in MemoFields.All)
            MemoFields.Find(field.Path).ShouldBeSameAs(field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MessageHeader")]
    [InlineData("messageheader/sender/senderid")]
    [InlineData("MessageHeader/Sender/senderID/")]
    public void What_is_no_path_of_a_field_finds_none(string path) => MemoFields.Find(path).ShouldBeNull();

    [Fact]
    public void The_contents_of_files_are_no_field() =>
        MemoFields.All.Where(field => field.Name == "content").ShouldBeEmpty();

    [Fact]
    public async Task Every_field_has_a_value_in_a_message_with_every_element()
    {
        var message = await ReadAsync("every-element-1.2.xml");

        MemoFields.All.Where(field => !field.Values(message).Any()).Select(field => field.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("every-element-1.2.xml")]
    [InlineData("reply-several-newest-first-1.2.xml")]
    [InlineData("several-attachments-1.2.xml")]
    public async Task The_catalogue_finds_what_the_message_says_all_of_it_and_in_its_order(string example)
    {
        var said = Said(example);
        var message = await ReadAsync(example);

        said.Select(values => values.Key).Where(path => MemoFields.Find(path) is null).ShouldBeEmpty();
        foreach (var field in MemoFields.All.Where(field => field.Type != MemoFieldType.Boolean || said.Contains(field.Path)))
            field.Values(message).ShouldBe(said[field.Path], field.Path);
    }

    [Fact]
    public async Task Of_an_older_message_the_catalogue_finds_all_that_the_newest_schema_still_has()
    {
        var said = Said("every-element-1.1.xml");
        var message = await ReadAsync("every-element-1.1.xml");

        said.Select(values => values.Key).Where(path => MemoFields.Find(path) is null).ShouldBe(["@memoSchVersion"]);
        foreach (var field in MemoFields.All)
            field.Values(message).ShouldBe(said[field.Path], field.Path);
    }

    [Fact]
    public async Task A_boolean_with_a_default_has_that_value_where_the_message_says_nothing()
    {
        var message = await ReadAsync("optional-booleans-absent-1.2.xml");

        foreach (var path in new[] { "MessageHeader/reply", "MessageHeader/mandatory", "MessageHeader/legalNotification" })
            MemoFields.Find(path).ShouldNotBeNull().Values(message).ShouldBe(["false"], path);
    }

    [Fact]
    public async Task A_field_has_as_many_values_as_the_message_when_it_repeats_and_at_most_one_when_it_does_not()
    {
        var message = await ReadAsync("every-element-1.2.xml");

        MemoFields.All.Where(field => !field.Repeats).ShouldAllBe(field => field.Values(message).Count() == 1);
        MemoFields.Find("MessageHeader/ContentData/AdditionalContentData/contentDataName").ShouldNotBeNull().Values(message).Count().ShouldBe(10);
    }

    private static async Task<MemoMessage> ReadAsync(string example)
    {
        using var reader = new RealReader();
        return (await reader.ReadAsync(Examples.ReadValid(example))).Memo.ShouldNotBeNull();
    }

    private static ILookup<string, string> Said(string example) =>
        SimpleValues(XDocument.Load(Path.Combine(Examples.Folder, "valid", example)).Root!).ToLookup(value => value.Path, value => value.Text);

    /// <summary>The message's simple values as plain XML has them: the way to each without prefixes, and its text.</summary>
    private static IEnumerable<(string Path, string Text)> SimpleValues(XElement element, string way = "")
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.Namespace == ""))
            yield return ($"{way}@{attribute.Name.LocalName}", attribute.Value);
        foreach (var child in element.Elements().Where(child => child.Name.LocalName != "content"))
        {
            var path = way + child.Name.LocalName;
            if (!child.HasElements)
                yield return (path, child.Value);
            foreach (var value in SimpleValues(child, path + "/"))
                yield return value;
        }
    }
}
