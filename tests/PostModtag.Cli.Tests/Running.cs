using System.Text.Json;

namespace PostModtag.Cli.Tests;

/// <summary>Runs the tool in this process.</summary>
internal static class Running
{
    /// <summary>Its exit code, and what it printed.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await Tool.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Its exit code, and the JSON that it printed.</summary>
    public static async Task<(int Code, JsonElement Json)> JsonAsync(params string[] args)
    {
        var (code, output, error) = await RunAsync([.. args, "--json"]);
        error.ShouldBeEmpty();
        return (code, JsonDocument.Parse(output).RootElement);
    }

    /// <summary>The words by which it finds a server's data.</summary>
    public static string[] For(string dataFolder, string? database = null) => TestDatabase.IsPostgreSql
        ? ["--set", $"DataFolder={dataFolder}", "--set", $"PostgreSql={database ?? TestDatabase.ConnectionString(dataFolder)}"]
        : ["--set", $"DataFolder={dataFolder}"];
}
