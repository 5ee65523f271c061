namespace PostModtag.Fuzz;

/// <summary>Makes bodies from a seed and checks what the reader says of each. The same seed makes the same bodies.</summary>
internal sealed class Fuzzer : IDisposable
{
    private static readonly int[] PieceSizes = [1, 7, 100, 4_096, 65_536, int.MaxValue];

    // Before the reader: code that tells its ways must have where to.
    private readonly Coverage? _coverage = Coverage.OfThisProcess();
    private readonly FuzzedReader _inMemory;
    private readonly FuzzedReader _inFiles = new(inFiles: true);
    private readonly Corpus _corpus = new();
    private readonly ReaderCheck _check;

    /// <param name="reader">The reader; the server's own when null.</param>
    public Fuzzer(FuzzedReader? reader = null)
    {
        _inMemory = reader ?? new FuzzedReader();
        _check = new ReaderCheck(_inMemory, _inFiles);
    }

    /// <summary>How many bodies there are to begin with; those that have shown a new way through the reader are among them.</summary>
    public int CorpusSize => _corpus.Count;

    /// <summary>Whether the reader was made to tell its ways.</summary>
    public bool IsGuided => _coverage is not null;

    /// <summary>How many of the bodies were what.</summary>
    public (int Valid, int Rejected, int NoMessage) Answers => _check.Answers;

    /// <summary>One body and its check; null when nothing is wrong.</summary>
    public async Task<Finding?> TryAsync(int seed, int iteration)
    {
        var random = new Random(unchecked((seed * 1_000_003) + iteration));
        var body = new Mutator(_corpus, random).Change(_corpus.Any(random));
        var piece = PieceSizes[random.Next(PieceSizes.Length)];
        _coverage?.Begin();
        var found = await FaultAsync(body, piece);

        // What is no message would soon be most of what is changed, and most of its changes are no messages either.
        if (_coverage is { ShowsNew: true } && _check.WasMessage)
            _corpus.Add(body);
        if (found is not { } fault)
            return null;
        var small = await Minimiser.MinimiseAsync(body, async less => IsSame(fault, await FaultAsync(less, piece)));
        return new Finding(seed, iteration, piece, small, await FaultAsync(small, piece) ?? fault);
    }

    /// <summary>What is wrong with what the reader says of this body.</summary>
    public Task<string?> FaultAsync(byte[] body, int piece) => _check.FaultAsync(body, piece);

    // A smaller body must be wrong in the same way, or the way is lost.
    private static bool IsSame(string fault, string? other) => other is not null && fault[..Math.Min(12, fault.Length)] == other[..Math.Min(12, other.Length)];

    public void Dispose()
    {
        _inMemory.Dispose();
        _inFiles.Dispose();
    }
}
