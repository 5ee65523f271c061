namespace PostModtag.Fuzz;

/// <summary>A body that comes in pieces of a size.</summary>
internal sealed class Pieces(byte[] body, int size) : MemoryStream(body)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
}
