using System.Numerics;
using System.Runtime.InteropServices;

namespace PostModtag.Domain.Rules;

/// <summary>
/// Compares as OrdinalIgnoreCase does, with a hash that takes four characters of ASCII at once: with few rules, hashing is most of what
/// routing costs. What is not ASCII is hashed as .NET does it; no such text is equal to one that is.
/// </summary>
internal sealed class QuickIgnoreCase : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<char>, string>
{
    private const ulong BeyondAscii = 0xFF80_FF80_FF80_FF80;

    // The bit by which a letter differs from its capital. That it makes some signs alike costs a comparison and no more.
    private const ulong LetterCase = 0x0020_0020_0020_0020;
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    public static QuickIgnoreCase Instance { get; } = new();

    public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    public bool Equals(ReadOnlySpan<char> one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    public string Create(ReadOnlySpan<char> text) => text.ToString();

    public int GetHashCode(string text) => GetHashCode(text.AsSpan());

    public int GetHashCode(ReadOnlySpan<char> text)
    {
        var (hash, seen) = ((ulong)text.Length, 0UL);
        var left = MemoryMarshal.AsBytes(text);
        for (; left.Length >= sizeof(ulong); left = left[sizeof(ulong)..])
            Add(MemoryMarshal.Read<ulong>(left));
        for (; left.Length > 0; left = left[sizeof(char)..])
            Add(MemoryMarshal.Read<char>(left));
        return (seen & BeyondAscii) == 0 ? (int)(hash >> 32) : string.GetHashCode(text, StringComparison.OrdinalIgnoreCase);

        void Add(ulong characters)
        {
            seen |= characters;
            hash = (BitOperations.RotateLeft(hash, 5) ^ (characters | LetterCase)) * Spread;
        }
    }
}
