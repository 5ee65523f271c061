using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using PostModtag.Api;
using PostModtag.Application;
using PostModtag.Cli.Commands;

namespace PostModtag.Cli.Server;

/// <summary>Where a command finds the settings of the server that it is for, and the server's own parts, made of them and not started.</summary>
internal sealed class ServerSettings
{
    /// <summary>The server's settings file.</summary>
    public Option<FileInfo?> File { get; } = new("--settings") { Description = "The server's appsettings.json.", HelpName = "FILE" };

    /// <summary>Single settings.</summary>
    public Option<string[]> Set { get; } = new("--set") { Description = "A setting under PostModtag, such as DataFolder=/var/lib/postmodtag; may be given again.", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = false };

    /// <summary>The server's parts.</summary>
    public WebApplication Build(ParseResult parsed)
    {
        var builder = PostModtagServer.CreateBuilder([]);
        builder.Logging.ClearProviders();
        if (parsed.GetValue(File) is { } file)
            builder.Configuration.AddJsonFile(file.FullName, optional: false).AddEnvironmentVariables();
        builder.Configuration.AddInMemoryCollection((parsed.GetValue(Set) ?? []).Select(Setting));
        return builder.Build();
    }

    private static KeyValuePair<string, string?> Setting(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? KeyValuePair.Create($"{PostModtagOptions.Section}:{text[..at]}", (string?)text[(at + 1)..])
            : throw new MisusedException($"--set {text} is not NAME=VALUE, such as --set DataFolder=/var/lib/postmodtag.");
    }
}
