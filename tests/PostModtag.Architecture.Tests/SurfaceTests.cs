using System.Reflection;
using PostModtag.Testing;

namespace PostModtag.Architecture.Tests;

/// <summary>What vendors build on is written down, a file for each package: a change of it is a change that somebody reviews. (The console, PostModtag.Web, is nothing to build on; Razor makes its pages public.)</summary>
public sealed class SurfaceTests
{
    private const string Update = "POSTMODTAG_WRITE_SURFACE";

    public static TheoryData<string> Packages => ["PostModtag.Contract", "PostModtag.Domain", "PostModtag.Application", "PostModtag.Infrastructure", "PostModtag.Api", "PostModtag.Conformance"];

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task The_public_surface_is_the_one_that_was_reviewed(string package)
    {
        var file = Repository.PathOf("tests", "PostModtag.Architecture.Tests", "surface", $"{package}.txt");
        var surface = PublicSurface.Of(Assembly.Load(package));
        if (Environment.GetEnvironmentVariable(Update) is not null)
            await File.WriteAllTextAsync(file, surface);
        var reviewed = (await File.ReadAllTextAsync(file)).Split('\n');

        var now = surface.Split('\n');

        string[] differences = [.. now.Except(reviewed).Select(line => $"+ {line}"), .. reviewed.Except(now).Select(line => $"- {line}")];
        differences.ShouldBeEmpty($"The public surface of {package} is another one. If it is meant to be, write it down with: {Update}=1 dotnet test tests/PostModtag.Architecture.Tests");
    }

    [Fact]
    public void A_type_is_written_with_all_that_others_see_of_it()
    {
        var surface = PublicSurface.Of(typeof(Sample).Assembly, type => type == typeof(Sample));

        surface.ShouldBe($"""
            class PostModtag.Architecture.Tests.SurfaceTests.Sample : System.IDisposable
              SurfaceTests.Sample(System.Int32 number)
              System.Int32 Number get
              System.Threading.Tasks.Task<System.String?> FindAsync(System.Guid id, System.Threading.CancellationToken cancellationToken = default)
              System.Void Dispose()

            """.ReplaceLineEndings("\n"));
    }

    public sealed class Sample(int number) : IDisposable
    {
        public int Number { get; private set; } = number;

        internal int Hidden { get; set; }

        public Task<string?> FindAsync(Guid id, CancellationToken cancellationToken = default) => Task.FromResult<string?>(null);

        public void Dispose()
        {
        }
    }
}
