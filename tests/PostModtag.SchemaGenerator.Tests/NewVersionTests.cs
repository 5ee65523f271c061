using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.SchemaGenerator.Tests;

/// <summary>
/// The promise: the schemas of a new version of MeMo are put in a folder, and everything else follows without a line of
/// code. Proven to the end, with a message of a version that nobody has written code for.
/// </summary>
public sealed class NewVersionTests : IClassFixture<NewVersionTests.Version>
{
    private readonly MadeDomain _made;
    private readonly RealReader _reader;

    public NewVersionTests(Version version) => (_made, _reader) = (version.Made, version.Reader);

    [Fact]
    public void The_code_made_from_a_new_version_compiles_without_a_warning() =>
        _made.Problems.ShouldBeEmpty();

    [Fact]
    public void A_new_element_in_a_schema_becomes_a_property_and_a_field()
    {
        _made.Type("MemoHeader").GetProperty("Priority").ShouldNotBeNull().PropertyType.ShouldBe(typeof(string));
        Describe("MessageHeader/priority").ShouldBe(
            ("priority", "MessageHeader/priority", "Text", 16, false, "How much it hastes: \"now\" & not <soon>.", "Prioritet: hvor meget det haster."));
    }

    [Fact]
    public void A_new_complex_element_becomes_a_record_and_each_of_its_children_a_field()
    {
        _made.Type("MemoHeader").GetProperty("Delivery").ShouldNotBeNull().PropertyType
            .ShouldBe(typeof(IReadOnlyList<>).MakeGenericType(_made.Type("MemoDelivery")));
        _made.Type("MemoDelivery").GetProperty("Channel").ShouldNotBeNull().PropertyType.ShouldBe(typeof(string));
        _made.Type("MemoDelivery").GetProperty("DeliveredDate").ShouldNotBeNull().PropertyType.ShouldBe(typeof(DateOnly?));
        Describe("MessageHeader/Delivery/channel").ShouldBe(
            ("channel", "MessageHeader/Delivery/channel", "Text", 256, true, "The way it went.", "Kanal: den vej, den gik."));
        Describe("MessageHeader/Delivery/deliveredDate").ShouldBe(
            ("deliveredDate", "MessageHeader/Delivery/deliveredDate", "Date", null, true, "The day it came.", "Leveringsdato: den dag, den kom."));
    }

    [Fact]
    public void The_fields_that_were_there_before_stay_as_they_were()
    {
        foreach (var field in MemoFields.All)
        {
            Describe(field.Path).ShouldBe(
                (field.Name, field.Path, field.Type.ToString(), field.MaxLength, field.Repeats, field.Documentation, field.DocumentationDanish));
        }
    }

    [Fact]
    public async Task A_message_of_a_new_version_is_checked_by_the_schema_of_that_version()
    {
        var memo = await _reader.ReadAsync(Version13.Message());

        memo.MemoVersion.ShouldBe("1.3");
        memo.Rejection.ShouldBeNull();
        memo.Memo.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_message_that_breaks_the_schema_of_a_new_version_is_rejected_with_its_place()
    {
        var memo = await _reader.ReadAsync(Version13.Message(priority: "MED_DET_ALLERFØRSTE"));

        memo.MemoVersion.ShouldBe("1.3");
        memo.Rejection.ShouldNotBeNull().Code.ShouldBe(ReceiptError.SchemaViolation.Code);
        var violation = memo.Rejection.Violations.ShouldHaveSingleItem();
        violation.XPath.ShouldBe("/memo:Message/memo:MessageHeader/memo:priority");
        violation.Expected.ShouldBe(new BilingualText("forventede en tekst på højst 16 tegn", "expected a text of at most 16 characters"));
    }

    [Fact]
    public async Task A_new_element_in_a_message_of_an_older_version_is_a_violation()
    {
        var memo = await _reader.ReadAsync(Version13.Message(version: "1.2"));

        memo.MemoVersion.ShouldBe("1.2");
        memo.Rejection.ShouldNotBeNull().Code.ShouldBe(ReceiptError.SchemaViolation.Code);
        memo.Rejection.Violations.Select(violation => violation.XPath).ShouldBe(
        [
            "/memo:Message/memo:MessageHeader/memo:priority",
            "/memo:Message/memo:MessageHeader/memo:Delivery",
            "/memo:Message/memo:MessageHeader/memo:Delivery[2]",
        ]);
    }

    [Fact]
    public async Task Without_the_new_schemas_the_same_message_is_of_a_version_that_is_not_supported()
    {
        using var reader = new RealReader();

        var memo = await reader.ReadAsync(Version13.Message());

        memo.MemoVersion.ShouldBeNull();
        memo.Rejection.ShouldNotBeNull().Code.ShouldBe(ReceiptError.MemoVersionNotSupported.Code);
    }

    [Fact]
    public async Task The_values_of_the_new_elements_are_in_the_model()
    {
        var message = _made.Read(await _reader.ParseAsync(Version13.Message()));

        ((string)message.MessageHeader.Priority).ShouldBe("HASTER");
        ((IEnumerable<dynamic>)message.MessageHeader.Delivery)
            .Select(delivery => ((string)delivery.Channel, (DateOnly?)delivery.DeliveredDate))
            .ShouldBe([("brevdue", new DateOnly(2026, 11, 23)), ("flaskepost", null)]);
        ((string)message.MessageHeader.Sender.Label).ShouldBe("Ida Opdigtet");
    }

    [Fact]
    public async Task The_catalogue_finds_the_values_of_the_new_elements()
    {
        object message = _made.Read(await _reader.ParseAsync(Version13.Message()));

        _made.Values("MessageHeader/priority", message).ShouldBe(["HASTER"]);
        _made.Values("MessageHeader/Delivery/channel", message).ShouldBe(["brevdue", "flaskepost"]);
        _made.Values("MessageHeader/Delivery/deliveredDate", message).ShouldBe(["2026-11-23"]);
        _made.Values("MessageHeader/Sender/label", message).ShouldBe(["Ida Opdigtet"]);
    }

    [Fact]
    public async Task A_message_of_an_older_version_has_no_values_of_the_new_elements()
    {
        var message = _made.Read(await _reader.ParseAsync(new TestMemo().ToBytes()));

        ((string?)message.MessageHeader.Priority).ShouldBeNull();
        ((IEnumerable<dynamic>)message.MessageHeader.Delivery).ShouldBeEmpty();
        _made.Values("MessageHeader/priority", (object)message).ShouldBeEmpty();
        _made.Values("MessageHeader/Delivery/channel", (object)message).ShouldBeEmpty();
    }

    private (string, string, string, int?, bool, string, string) Describe(string path)
    {
        var field = _made.Find(path)!;
        return (field.Name, field.Path, field.Type.ToString(), field.MaxLength, field.Repeats, field.Documentation, field.DocumentationDanish);
    }

    /// <summary>Version 1.3, compiled once for all these tests.</summary>
    public sealed class Version : IDisposable
    {
        internal MadeDomain Made { get; } = MadeDomain.Of([.. Schemas.Of("1.2"), .. Version13.Files]);

        internal RealReader Reader { get; } = new(Version13.WriteTo);

        public void Dispose() => Reader.Dispose();
    }
}
