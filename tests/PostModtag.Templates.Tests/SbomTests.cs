using System.Text.Json;

namespace PostModtag.Templates.Tests;

/// <summary>The list of what the server is made of has what is shipped, and nothing else.</summary>
public sealed class SbomTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-sbom-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_is_CycloneDX_with_every_package_that_is_shipped()
    {
        var file = Path.Combine(_folder, "postmodtag.cdx.json");

        var (code, output) = await Shell.RunAsync(_folder, "bash", Repository.PathOf("build", "sbom.sh"), file);
        code.ShouldBe(0, output);

        var sbom = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement;
        sbom.GetProperty("bomFormat").GetString().ShouldBe("CycloneDX");
        sbom.GetProperty("metadata").GetProperty("component").GetProperty("name").GetString().ShouldBe("postmodtag");
        var packages = sbom.GetProperty("components").EnumerateArray().ToDictionary(component => component.GetProperty("name").GetString()!, component => component.GetProperty("purl").GetString()!);
        foreach (var shipped in new[] { "AutoMapper", "MediatR", "FluentValidation", "Microsoft.EntityFrameworkCore", "Npgsql", "System.CommandLine", "SQLitePCLRaw.core" })
            packages[shipped].ShouldStartWith($"pkg:nuget/{shipped}@");
        packages.Keys.ShouldNotContain(name => name.StartsWith("xunit", StringComparison.Ordinal) || name == "Shouldly" || name == "NSwag.MSBuild");
    }
}
