using System.Text.RegularExpressions;
using PostModtag.Domain.Messages;
using PostModtag.Testing;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Domain.Tests;

/// <summary>The closed list of receipt error codes stands in the code and in the contract: it must be one list.</summary>
public sealed partial class ReceiptErrorContractTests
{
    private static readonly YamlNode Contract = Load();

    [Fact]
    public void The_contract_has_the_same_codes_in_the_same_order() =>
        ((YamlSequenceNode)Contract["components"]["schemas"]["ReceiptErrorCode"]["enum"]).Select(code => code.ToString())
            .ShouldBe(ReceiptError.All.Select(error => error.Code));

    [Fact]
    public void The_list_in_the_contract_has_the_same_codes_and_texts_in_the_same_order() =>
        Listed().Select(row => (row.Code, row.Danish, row.English))
            .ShouldBe(ReceiptError.All.Select(error => (error.Code, error.Text.Danish, error.Text.English)));

    [Fact]
    public void The_list_in_the_contract_has_the_same_status_of_each_code()
    {
        foreach (var row in Listed().Where(row => row.Code != ReceiptError.RejectedByFagsystem.Code))
            row.Status.ShouldBe(Name(ReceiptError.Of(row.Code).Status), row.Code);
    }

    [Fact]
    public void Only_a_fagsystem_chooses_between_two_statuses()
    {
        var row = Listed().Single(row => row.Code == ReceiptError.RejectedByFagsystem.Code);

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

    private static List<(string Code, string Status, string Danish, string English)> Listed()
    {
        List<(string Code, string Status, string Danish, string English)> rows =
        [
            .. Row().Matches(Contract["info"]["description"].ToString().Replace("`", "", StringComparison.Ordinal))
                .Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value, row.Groups[4].Value)),
        ];
        rows.ShouldNotBeEmpty();
        return rows;
    }

    [GeneratedRegex(@"^- ([A-Z_]+) \(([^)]+)\): (.+?) \| (.+?)$", RegexOptions.Multiline)]
    private static partial Regex Row();

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
