using System.Security.Cryptography;

namespace PostModtag.Api.Access;

/// <summary>Makes a key for a program, or a token for a caller, and says its hash. Neither is kept.</summary>
internal static class KeyCommand
{
    /// <summary>The word that the program is started with.</summary>
    public const string Name = "key";

    private const int Bytes = 32;

    /// <summary>Makes one, and prints it once.</summary>
    public static int Run(TextWriter output)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        output.WriteLine($"Key     {key}");
        output.WriteLine($"SHA-256 {Sha256Value.Of(key.AsSpan())}");
        output.WriteLine();
        output.WriteLine("Give the key to the program that is to call, and keep it nowhere else. The SHA-256 goes into");
        output.WriteLine("PostModtag:ApiKeys:N:Sha256, or for a caller of EP_FS1 into PostModtag:Callers:N:TokenSha256.");
        return 0;
    }
}
