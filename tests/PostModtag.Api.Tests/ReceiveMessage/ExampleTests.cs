using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.ReceiveMessage;

[Operation("ReceiveMessage")]
public sealed class ExampleTests(ExampleTests.Server server) : IClassFixture<ExampleTests.Server>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Valid => [.. Examples.Valid];

    public static TheoryData<string> Invalid => [.. Examples.Invalid];

    [Theory]
    [MemberData(nameof(Valid))]
    public async Task A_valid_example_is_accepted(string name)
    {
        using var response = await server.Instance.PostAsync(Examples.ReadValid(name), accept: "application/json");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var receipt = await response.JsonAsync();
        receipt.Text("receiptStatus").ShouldBe("COMPLETED", receipt.Text("errorMessage"));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task An_invalid_example_gets_the_receipt_that_stands_beside_it(string name)
    {
        using var response = await server.Instance.PostAsync(Examples.ReadInvalid(name), accept: "application/json");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var receipt = await response.JsonAsync();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(Examples.ReceiptFile(name), JsonSerializer.Serialize(receipt, Indented).ReplaceLineEndings("\n") + "\n");

        var expected = Examples.ReceiptOfInvalid(name);
        receipt.EnumerateObject().Select(property => property.Name).ShouldBe(expected.EnumerateObject().Select(property => property.Name));
        foreach (var property in expected.EnumerateObject().Where(property => property.Name is not ("transmissionId" or "timeStamp")))
            receipt.GetProperty(property.Name).ToString().ShouldBe(property.Value.ToString(), property.Name);
    }

    [Fact]
    public void Every_receipt_among_the_examples_belongs_to_a_message()
    {
        Directory.EnumerateFiles(Path.Combine(Examples.Folder, "invalid"), "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
            .ShouldBe(Examples.Invalid.Select(name => Path.GetFileName(Examples.ReceiptFile(name))).Order(StringComparer.Ordinal));
    }

    public sealed class Server : IAsyncLifetime
    {
        public TestServer Instance { get; private set; } = null!;

        public async Task InitializeAsync() => Instance = await TestServer.StartAsync();

        public async Task DisposeAsync() => await Instance.DisposeAsync();
    }
}
