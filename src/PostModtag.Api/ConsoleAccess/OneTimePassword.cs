using System.Security.Cryptography;
using System.Text;

namespace PostModtag.Api.ConsoleAccess;

/// <summary>
/// The password that lets one person in once, where there is no provider. It is in memory only, and when it is spent the next one is
/// made and printed: whoever sees what the server prints is the one who runs it.
/// </summary>
internal sealed class OneTimePassword
{
    // 20 of 32 characters are 100 bits: nobody finds it by trying. Without those that look alike.
    private const string Characters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int Groups = 5;
    private const int InGroup = 4;

    private readonly Lock _lock = new();
    private string _now = Make();

    /// <summary>The password that is good now.</summary>
    public string Now
    {
        get
        {
            lock (_lock)
                return _now;
        }
    }

    /// <summary>Spends it, when it is the one.</summary>
    public bool TrySpend(string password)
    {
        lock (_lock)
        {
            var same = CryptographicOperations.FixedTimeEquals(Hash(password), Hash(_now));
            if (same)
                _now = Make();
            return same;
        }
    }

    private static byte[] Hash(string password) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(password.Where(character => character is not ('-' or ' '))).ToLowerInvariant()));

    private static string Make() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Characters, InGroup)));
}
