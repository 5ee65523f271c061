using PostModtag.Domain.Messages;
using PostModtag.Testing;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Domain.Tests;

/// <summary>The closed list of receipt error codes stands in the code and in the contract: it must be one list.</summary>
public sealed class ReceiptErrorContractTests
{
    private static readonly YamlNode Contract = Load();

    [Fact]
    public void The_contract_has_the_same_codes_in_the_same_order() =>
        ((YamlSequenceNode)Contract["components"]["schemas"]["ReceiptErrorCode"]["enum"]).Select(code => code.ToString())
            .ShouldBe(ReceiptError.All.Select(error => error.Code));

    [Fact]
    public void The_table_in_the_contract_has_the_same_codes_and_texts_in_the_same_order() =>
        Table().Select(row => (row.Code, row.Danish, row.English))
            .ShouldBe(ReceiptError.All.Select(error => (error.Code, error.Text.Danish, error.Text.English)));

    [Fact]
    public void The_table_in_the_contract_has_the_same_status_of_each_code()
    {
        foreach (var row in Table().Where(row => row.Code != ReceiptError.RejectedByFagsystem.Code))
            row.Status.ShouldBe(Name(ReceiptError.Of(row.Code).Status), row.Code);
    }

    [Fact]
    public void Only_a_fagsystem_chooses_between_two_statuses()
    {
        var row = Table().Single(row => row.Code == ReceiptError.RejectedByFagsystem.Code);

        row.Status.ShouldBe("INVALID or NOT_ALLOWED, as the fagsystem says");
        ReceiptError.RejectedByFagsystem.Status.ShouldBe(ReceiptStatus.NotAllowed);
    }

    [Fact]
    public void Every_code_is_in_the_list() =>
        typeof(ReceiptError).GetProperties().Where(property => property.PropertyType == typeof(ReceiptError))
            .Select(property => property.GetValue(null)).ShouldBe(ReceiptError.All, ignoreOrder: true);

    [Fact]
    public void An_error_is_found_by_its_code()
    {
        foreach (var error in ReceiptError.All)
            ReceiptError.Of(error.Code).ShouldBeSameAs(error);
    }

    [Fact]
    public void There_is_no_error_of_another_code() =>
        Should.Throw<ArgumentException>(() => ReceiptError.Of("NO_SUCH_CODE"));

    [Fact]
    public void No_code_is_accepted_by_its_status() =>
        ReceiptError.All.ShouldAllBe(error => error.Status != ReceiptStatus.Completed);

    private static List<(string Code, string Status, string Danish, string English)> Table()
    {
        List<(string Code, string Status, string Danish, string English)> rows =
        [
            .. Contract["info"]["description"].ToString().Split('\n')
                .SkipWhile(line => !line.StartsWith("| errorCode |", StringComparison.Ordinal)).Skip(2)
                .TakeWhile(line => line.StartsWith('|'))
                .Select(line => line.Replace("`", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries))
                .Select(cells => (cells[1], cells[2], cells[3], cells[4])),
        ];
        rows.ShouldNotBeEmpty();
        return rows;
    }

    private static string Name(ReceiptStatus status) => status switch
    {
        ReceiptStatus.Invalid => "INVALID",
        ReceiptStatus.NotAllowed => "NOT_ALLOWED",
        _ => status.ToString(),
    };

    private static YamlNode Load()
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Repository.PathOf("api-spec", "postmodtag.openapi.yaml"));
        yaml.Load(text);
        return yaml.Documents[0].RootNode;
    }
}
