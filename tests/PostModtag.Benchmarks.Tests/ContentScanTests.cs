using PostModtag.Benchmarks.Rows;
using PostModtag.Testing;

namespace PostModtag.Benchmarks.Tests;

/// <summary>The scan that reading is measured by does the work that it is said to do.</summary>
public sealed class ContentScanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-scan-").FullName;

    [Theory]
    [InlineData(0, Base64FormattingOptions.None)]
    [InlineData(1, Base64FormattingOptions.None)]
    [InlineData(400_001, Base64FormattingOptions.None)]
    [InlineData(400_001, Base64FormattingOptions.InsertLineBreaks)]
    public void It_finds_every_byte_of_the_files_and_keeps_every_byte_of_the_message(int length, Base64FormattingOptions wrapping)
    {
        var content = new byte[length];
        new Random(7).NextBytes(content);
        var memo = new TestMemo();
        memo.Files.Clear();
        memo.Files.Add(("en.pdf", "application/pdf", content));
        memo.Files.Add(("to.pdf", "application/pdf", [1, 2, 3]));
        var xml = memo.ToString().Replace(Convert.ToBase64String(content) + "</", Convert.ToBase64String(content, wrapping) + "</", StringComparison.Ordinal);
        var (path, copy, files) = (Path.Combine(_folder, "m"), Path.Combine(_folder, "x"), Path.Combine(_folder, "f"));
        File.WriteAllText(path, xml);

        ContentScan.Run(path, copy, files).ShouldBe(length + 3);

        File.ReadAllBytes(files).ShouldBe([.. content, 1, 2, 3]);
        File.ReadAllText(copy).ShouldBe(xml);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
