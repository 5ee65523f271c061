using PostModtag.Testing;

namespace PostModtag.Fuzz;

/// <summary>The messages that are changed: all examples, valid and invalid, with the large files made small for speed.</summary>
internal sealed class Corpus
{
    private const int Largest = 20_000;

    // Not a new one each time: the same seed makes the same bodies.
    private const string Uuid = "8a8c1f4e-2f5b-4d3a-9c6e-1b7d0e5f4a32";

    private readonly List<byte[]> _bodies =
    [
        .. Examples.Valid.Select(Examples.ReadValid).Concat(Examples.Invalid.Select(Examples.ReadInvalid)).Where(body => body.Length <= Largest),
        new TestMemo { MessageUuid = Uuid, Files = { ("bilag.png", "image/png", new byte[500]), ("tom.txt", "text/plain", []) } }.ToBytes(),
        new TestMemo { MessageUuid = Uuid, MessageType = "NEMSMS", HasBody = false }.ToBytes(),
    ];

    public int Count => _bodies.Count;

    /// <summary>One of them.</summary>
    public byte[] Any(Random random) => _bodies[random.Next(_bodies.Count)];

    /// <summary>Keeps a body that has shown something new.</summary>
    public void Add(byte[] body) => _bodies.Add(body);
}
