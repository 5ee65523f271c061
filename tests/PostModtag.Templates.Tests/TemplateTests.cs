using System.IO.Compression;

namespace PostModtag.Templates.Tests;

/// <summary>What a vendor does with the packages on a machine that has the SDK and nothing of this repository.</summary>
public sealed class TemplateTests : IDisposable
{
    private static readonly string[] Packages = ["Application", "Conformance", "Contract", "Domain", "Hosting", "Infrastructure", "Templates", "Tool", "Web"];

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-template-").FullName;

    private string Feed => Path.Combine(_folder, "feed");

    private string Solution => Path.Combine(_folder, "Acme.Modtag");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_solution_is_made_from_the_packages_builds_passes_its_tests_runs_and_conforms_at_once()
    {
        await RunAsync("bash", Repository.PathOf("build", "pack.sh"), Feed, "--no-build");
        EveryPackageHasWhatItMust();

        var hive = Path.Combine(_folder, "hive");
        await RunAsync("dotnet", "new", "install", Directory.GetFiles(Feed, "PostModtag.Templates.*.nupkg").Single(), "--debug:custom-hive", hive);
        await RunAsync("dotnet", "new", "postmodtag-fagsystem", "-n", "Acme.Modtag", "-o", Solution, "--debug:custom-hive", hive);

        // Our packages are restored to a folder of their own: no other build of the same version is taken for them.
        var known = (await RunAsync("dotnet", "nuget", "locals", "global-packages", "--list")).Split(": ", 2)[1].Trim();
        await RunAsync("dotnet", "build", Path.Combine(Solution, "Acme.Modtag.slnx"), "--nologo", $"-p:RestoreAdditionalProjectSources={Feed}", $"-p:RestorePackagesPath={Path.Combine(_folder, "packages")}", $"-p:RestoreFallbackFolders={known}");
        await RunAsync("dotnet", "test", Path.Combine(Solution, "tests", "Acme.Modtag.Tests"), "--no-build", "--nologo");

        using var server = ServerProcess.Start(
            Path.Combine(Solution, "src", "Acme.Modtag", "bin", "Debug", "net10.0", "Acme.Modtag.dll"),
            new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["PostModtag__DataFolder"] = Path.Combine(_folder, "data"), ["Journal__Folder"] = Path.Combine(_folder, "journal") });
        var address = await server.ListeningAsync();
        var tools = Path.Combine(_folder, "tools");
        await RunAsync("dotnet", "tool", "install", "PostModtag.Tool", "--tool-path", tools, "--add-source", Feed);
        var report = await RunAsync(Path.Combine(tools, "postmodtag"), "conform", $"{address}PostModtag", "--quick", "--reject-label", "Afvis mig");
        report.ShouldContain(" 0 failed, ");
    }

    private void EveryPackageHasWhatItMust()
    {
        foreach (var name in Packages)
        {
            var file = Directory.GetFiles(Feed, $"PostModtag.{name}.*.nupkg").ShouldHaveSingleItem();
            using var package = ZipFile.OpenRead(file);
            package.GetEntry("README.md").ShouldNotBeNull(name);
            package.GetEntry("LICENSE.txt").ShouldNotBeNull(name);
            using (var specification = new StreamReader(package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open()))
                specification.ReadToEnd().ShouldContain("""<license type="expression">MPL-2.0</license>""", Case.Sensitive, name);
            if (name is not ("Templates" or "Tool"))
                package.Entries.ShouldContain(entry => entry.FullName.StartsWith("lib/net10.0/", StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal), name);
            if (name != "Templates")
                File.Exists(Path.ChangeExtension(file, ".snupkg")).ShouldBeTrue(name);
        }
    }

    private static async Task<string> RunAsync(string program, params string[] words)
    {
        var (code, output) = await Shell.RunAsync(Path.GetTempPath(), program, words);
        code.ShouldBe(0, $"{program} {string.Join(' ', words)}{Environment.NewLine}{output}");
        return output;
    }
}
