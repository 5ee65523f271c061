using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Rules;
using PostModtag.Cli.Commands;
using PostModtag.Domain.Rules;

namespace PostModtag.Cli.Offline;

/// <summary>A rule file as the server's import reads it.</summary>
internal static class RuleFileOnDisk
{
    private const string NoAuthority = "00000000";

    /// <summary>Its rules.</summary>
    /// <exception cref="RuleFileException">It cannot be imported; the message says why and where.</exception>
    public static async Task<RuleSet> ReadAsync(IServiceProvider parts, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw new MisusedException($"There is no file {file}.");
        await using var bytes = new MemoryStream(await File.ReadAllBytesAsync(file, cancellationToken));

        // The file is for whomever it says that it is for.
        var authority = await parts.GetRequiredService<IRuleFileFormat>().ReadAsync(bytes, cancellationToken) is RuleFileReading.Readable { Authority: { } cvr } ? cvr : NoAuthority;
        bytes.Position = 0;
        var (ruleSet, faults) = await ActivatorUtilities.CreateInstance<RuleFiles>(parts).ReadAsync(authority, bytes, cancellationToken);
        return ruleSet ?? throw new RuleFileException(string.Join(Environment.NewLine, faults.Select(fault => $"{file}, {fault.Place}: {fault.Message}")));
    }
}

/// <summary>A rule file cannot be read; the message says why and where.</summary>
internal sealed class RuleFileException(string message) : Exception(message);
