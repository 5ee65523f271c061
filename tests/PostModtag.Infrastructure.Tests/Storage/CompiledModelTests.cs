using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Design;
using PostModtag.Infrastructure.Storage;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Infrastructure.Storage.Sqlite;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>A start takes EF's model ready-made: code that EF generates.</summary>
public sealed partial class CompiledModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-model-").FullName;

    public static TheoryData<string> Databases => ["Sqlite", "PostgreSql"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Databases))]
    public void It_is_what_is_generated_from_todays_model(string database)
    {
        var folder = Path.Combine("Storage", database, "CompiledModel");
        var kept = Repository.PathOf("src", "PostModtag.Infrastructure", folder);

        Generate(database, folder);

        var (generated, committed) = (Read(Path.Combine(_folder, folder)), Read(kept));
        string[] differences = [.. generated.Except(committed).Concat(committed.Except(generated)).Select(file => file.Name).Distinct().Order()];
        differences.ShouldBeEmpty("The model is another one than its generated code says. Make that again: bash build/model.sh");
        generated.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task It_is_what_the_server_uses()
    {
        await using var infrastructure = await TestInfrastructure.StartAsync();
        await using var database = await infrastructure.Databases.CreateDbContextAsync();

        database.Model.GetType().Namespace.ShouldBe($"{database.GetType().Namespace}.CompiledModel");
    }

    /// <summary>As <c>dotnet ef dbcontext optimize</c> does it.</summary>
    private void Generate(string database, string folder)
    {
        var assembly = typeof(PostModtagDbContext).Assembly.GetName().Name!;
        var executor = new OperationExecutor(new OperationReportHandler(), new Dictionary<string, object?>
        {
            ["targetName"] = assembly,
            ["startupTargetName"] = assembly,
            ["project"] = assembly,
            ["projectDir"] = _folder,
            ["rootNamespace"] = assembly,
            ["language"] = "C#",
            ["nullable"] = true,
            ["toolsVersion"] = null,
            ["remainingArguments"] = Array.Empty<string>(),
        });
        var result = new OperationResultHandler();
        _ = new OperationExecutor.OptimizeContext(executor, result, new Dictionary<string, object?>
        {
            ["outputDir"] = folder,
            ["modelNamespace"] = $"{assembly}.{folder.Replace(Path.DirectorySeparatorChar, '.')}",
            ["contextType"] = database == "Sqlite" ? nameof(SqliteDbContext) : nameof(PostgreSqlDbContext),
            ["suffix"] = null,
            ["scaffoldModel"] = true,
            ["precompileQueries"] = false,
            ["nativeAot"] = false,
        });
        result.ErrorMessage.ShouldBeNull();
    }

    /// <summary>The code, without what <c>build/model.sh</c> makes of it and without the number that is another one each time.</summary>
    private static IReadOnlyCollection<(string Name, string Text)> Read(string folder) =>
        [.. Directory.EnumerateFiles(folder).Select(file => (Path.GetFileName(file), ModelId().Replace(File.ReadAllText(file), "").Replace("internal partial class", "public partial class", StringComparison.Ordinal).TrimEnd()))];

    [GeneratedRegex("""modelId: new Guid\("[0-9a-f-]{36}"\)""")]
    private static partial Regex ModelId();
}
