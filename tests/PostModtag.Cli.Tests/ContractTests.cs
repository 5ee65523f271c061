namespace PostModtag.Cli.Tests;

/// <summary>What a new contract changes, for a person and for a machine.</summary>
public sealed class ContractTests : IDisposable
{
    private readonly string _changed = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.openapi.yaml");

    private static string Contract => Repository.PathOf("api-spec", "postmodtag.openapi.yaml");

    public void Dispose() => File.Delete(_changed);

    [Fact]
    public async Task A_breaking_change_is_told_and_ends_with_1()
    {
        await ChangeAsync("operationId: ReceiveMessage", "operationId: Modtag");

        var (code, output, _) = await Running.RunAsync("contract", "diff", Contract, _changed);
        (code, output).ShouldBe((1, $"""
            {Path.GetFileName(_changed)}
              breaking    POST /PostModtag: the operation is called Modtag, and was ReceiveMessage: code that is generated from it has another method.
            1 change, 1 breaking.

            """.ReplaceLineEndings(Environment.NewLine)));
        var (jsonCode, json) = await Running.JsonAsync("contract", "diff", Contract, _changed);
        jsonCode.ShouldBe(1);
        var change = json.EnumerateArray().ShouldHaveSingleItem();
        (change.GetProperty("effect").GetString(), change.GetProperty("place").GetString()).ShouldBe(("BREAKING", "POST /PostModtag"));
    }

    [Fact]
    public async Task What_breaks_nothing_ends_with_0()
    {
        await ChangeAsync("version: 1.0.0", "version: 1.0.1");

        (await Running.RunAsync("contract", "diff", Contract, _changed)).Code.ShouldBe(0);
        var (code, output, _) = await Running.RunAsync("contract", "diff", Repository.PathOf("api-spec"), Repository.PathOf("api-spec"));
        (code, output).ShouldBe((0, $"No change.{Environment.NewLine}"));
    }

    private async Task ChangeAsync(string from, string to)
    {
        var text = await File.ReadAllTextAsync(Contract);
        text.ShouldContain(from);
        await File.WriteAllTextAsync(_changed, text.Replace(from, to, StringComparison.Ordinal));
    }
}
