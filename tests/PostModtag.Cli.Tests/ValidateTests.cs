namespace PostModtag.Cli.Tests;

/// <summary>A message is checked as EP_FS1 checks it, without a server.</summary>
public sealed class ValidateTests : IDisposable
{
    private const string Planted = "4711110009";

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-validate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_valid_examples_are_valid()
    {
        var (code, json) = await Running.JsonAsync("validate", Path.Combine(Examples.Folder, "valid"));

        code.ShouldBe(0);
        json.EnumerateArray().Select(file => file.GetProperty("verdict").GetString()).ShouldBe(Examples.Valid.Select(_ => "VALID"));
    }

    [Fact]
    public async Task Each_invalid_example_has_the_code_of_its_receipt_and_every_violation_its_place()
    {
        var (code, json) = await Running.JsonAsync("validate", Path.Combine(Examples.Folder, "invalid"));

        code.ShouldBe(1);
        foreach (var file in json.EnumerateArray())
        {
            var name = Path.GetFileName(file.GetProperty("file").GetString()!);
            file.GetProperty("verdict").GetString().ShouldBe("REJECTED", name);
            file.GetProperty("code").GetString().ShouldBe(Examples.ReceiptOfInvalid(name).GetProperty("errorCode").GetString(), name);
            foreach (var violation in file.GetProperty("violations").EnumerateArray())
            {
                violation.GetProperty("xPath").GetString()!.ShouldStartWith("/", Case.Sensitive, name);
                violation.GetProperty("line").GetInt32().ShouldBeGreaterThan(0, name);
                violation.GetProperty("expected").GetString().ShouldNotBeNullOrEmpty(name);
            }
        }
    }

    [Fact]
    public async Task Every_violation_is_said_with_its_line_and_no_value_of_the_message()
    {
        var memo = new TestMemo { SenderId = Planted + "1", Label = new string('x', 257) + Planted, MessageType = Planted };
        var file = await WriteAsync("brev.xml", memo.ToBytes());

        var (code, output, error) = await Running.RunAsync("validate", file);

        (code, error).ShouldBe((1, ""));
        output.ShouldBe($"""
            rejected   {file}: SCHEMA_VIOLATION
              line 4, column 6: /memo:Message/memo:MessageHeader/memo:messageType: expected DIGITALPOST or NEMSMS
              line 6, column 6: /memo:Message/memo:MessageHeader/memo:label: expected a text of at most 256 characters

            """);
        output.ShouldNotContain(Planted);
    }

    [Fact]
    public async Task What_is_no_message_is_said_to_be_none()
    {
        var (code, output, _) = await Running.RunAsync(
            "validate", await WriteAsync("tom.xml", []), await WriteAsync("halv.xml", new TestMemo().ToBytes()[..400]), await WriteAsync("dtd.xml", "<!DOCTYPE x><x/>"u8.ToArray()));

        code.ShouldBe(1);
        output.ShouldContain("tom.xml\n  /: expected a message, and there is nothing");
        output.ShouldContain("/: expected well-formed XML in the encoding that it declares");
        output.ShouldContain("/: expected no document type declaration (DOCTYPE)");
        output.TrimEnd().ShouldEndWith("3 files: 0 valid, 3 not.");
    }

    [Fact]
    public async Task A_large_message_in_another_encoding_is_read_too_and_nothing_is_left_behind()
    {
        var before = Directory.GetFiles(Path.GetTempPath()).Length;
        var file = await WriteAsync("stor.xml", new TestMemo { Encoding = System.Text.Encoding.Latin1, Files = { ("stor.pdf", "application/pdf", new byte[3_000_000]) } }.ToBytes());

        (await Running.RunAsync("validate", file)).Output.ShouldBe($"valid      {file}: MeMo 1.2, 2 files{Environment.NewLine}");

        Directory.GetFiles(_folder).ShouldBe([file]);
        Directory.GetFiles(Path.GetTempPath()).Length.ShouldBeLessThanOrEqualTo(before + 1);
    }

    private async Task<string> WriteAsync(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(path, bytes);
        return path;
    }
}
