using PostModtag.Testing;

namespace PostModtag.Fuzz;

/// <summary>A body of which the reader says something wrong.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Iteration">Its number in the run.</param>
/// <param name="Piece">How many bytes of it come at once.</param>
/// <param name="Body">The body, made as small as it is cheap to.</param>
/// <param name="Fault">What is wrong.</param>
internal sealed record Finding(int Seed, int Iteration, int Piece, byte[] Body, string Fault)
{
    /// <summary>Writes body and fault to artifacts/fuzz, and says where.</summary>
    public string Keep()
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts", "fuzz")).FullName;
        var file = Path.Combine(folder, $"{Seed}-{Iteration}.xml");
        File.WriteAllBytes(file, Body);
        File.WriteAllText(Path.ChangeExtension(file, ".txt"), $"{Fault}\n\nSeed {Seed}, iteration {Iteration}. Again: bash build/fuzz.sh --again artifacts/fuzz/{Seed}-{Iteration}.xml {Piece}\n");
        return file;
    }
}
