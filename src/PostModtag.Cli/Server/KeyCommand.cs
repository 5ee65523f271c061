using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PostModtag.Cli.Commands;

namespace PostModtag.Cli.Server;

/// <summary><c>postmodtag key</c></summary>
internal sealed class KeyCommand : ToolCommand
{
    private const int Bytes = 32;

    private readonly Option<bool> _json = new("--json") { Description = "Print both as JSON." };

    public KeyCommand()
        : base("key", "Makes a key for a program, or a token for a caller of EP_FS1, and says its hash for the settings. Neither is kept.", "key") => Add(_json);

    /// <inheritdoc />
    protected override async Task<int> RunAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        await output.WriteLineAsync(parsed.GetValue(_json) ? JsonSerializer.Serialize(new { key, sha256 }, Json) : $"""
            Key     {key}
            SHA-256 {sha256}

            Give the key to the program that is to call, and keep it nowhere else. The SHA-256 goes into
            PostModtag:ApiKeys:N:Sha256, or for a caller of EP_FS1 into PostModtag:Callers:N:TokenSha256.
            """);
        return ExitCode.Done;
    }
}
