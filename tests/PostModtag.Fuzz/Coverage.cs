using System.Runtime.InteropServices;
using PostModtag.Infrastructure;
using SharpFuzz.Common;

namespace PostModtag.Fuzz;

/// <summary>
/// Which ways through the reader a body has taken, so that those that show a new one are changed further. SharpFuzz makes the reader's code
/// tell its ways; afl and libFuzzer, for which it is made, are not needed: the ways are looked at here. One run a process.
/// </summary>
internal sealed unsafe class Coverage
{
    private const int Size = 65_536;

    private static readonly byte* Ways = Map();

    private readonly byte[] _known = new byte[Size];

    private Coverage() => Trace.SharedMem = Ways;

    /// <summary>Null when the reader's code tells nothing.</summary>
    public static Coverage? OfThisProcess() =>
        typeof(InfrastructureRegistration).Assembly.GetReferencedAssemblies().Any(name => name.Name == typeof(Trace).Assembly.GetName().Name) ? new Coverage() : null;

    /// <summary>Makes the reader in another folder tell its ways.</summary>
    public static void Instrument(string folder)
    {
        // It is done as it is listed.
        var types = SharpFuzz.Fuzzer.Instrument(
            Path.Combine(folder, "PostModtag.Infrastructure.dll"), type => type.StartsWith("PostModtag.Infrastructure.Memo", StringComparison.Ordinal), SharpFuzz.Options.Value);
        Console.WriteLine($"{types.Count()} types tell their ways.");
    }

    /// <summary>Forgets the ways of the body before.</summary>
    public void Begin()
    {
        new Span<byte>(Ways, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether there was a new way since, or one taken markedly more often.</summary>
    public bool ShowsNew
    {
        get
        {
            var isNew = false;
            for (var place = 0; place < Size; place++)
            {
                if (Ways[place] == 0)
                    continue;
                var often = (byte)(1 << Math.Min(7, (int)Math.Log2(Ways[place])));
                isNew |= (_known[place] & often) == 0;
                _known[place] |= often;
            }

            return isNew;
        }
    }

    private static byte* Map() => (byte*)NativeMemory.AllocZeroed(Size);
}
