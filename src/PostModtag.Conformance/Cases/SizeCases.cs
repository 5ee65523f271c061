using System.Globalization;

namespace PostModtag.Conformance.Cases;

/// <summary>Size, exactly at the limit and a byte over it.</summary>
internal static class SizeCases
{
    private const int ChunkBytes = 1_000_000;

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("SIZE-01", "A message of exactly the most bytes", "At most 99.5 MB (99,500,000 bytes), unless the server is set otherwise.", Sources.Operation, ExactAsync) { IsLong = true },
        new("SIZE-02", "A message of one byte more", "The body is larger than the server takes (MESSAGE_TOO_LARGE).", Sources.Of(413), OverAsync) { IsLong = true },
        new("SIZE-03", "A chunked message of one byte more", "The body is larger than the server takes (MESSAGE_TOO_LARGE).", Sources.Of(413), OverInChunksAsync) { IsLong = true },
    ];

    private static async Task ExactAsync(Probe probe) => Probe.Accepted(await probe.PostAsync(OfBytes(probe, 0)), "a valid message of exactly the most bytes");

    private static async Task OverAsync(Probe probe) => Probe.Problem(await probe.PostAsync(OfBytes(probe, 1)), "a valid message of one byte more than the most", 413, "MESSAGE_TOO_LARGE");

    private static async Task OverInChunksAsync(Probe probe)
    {
        var message = OfBytes(probe, 1);
        Probe.Problem(await probe.SendAsync([("Transfer-Encoding", "chunked")], async (stream, cancellationToken) =>
        {
            for (var at = 0; at < message.Length; at += ChunkBytes)
            {
                var chunk = message.AsMemory(at, Math.Min(ChunkBytes, message.Length - at));
                await stream.WriteAsync(Probe.Bytes(string.Create(CultureInfo.InvariantCulture, $"{chunk.Length:x}\r\n")), cancellationToken);
                await stream.WriteAsync(chunk, cancellationToken);
                await stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken);
            }

            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), cancellationToken);
            return true;
        }), "a chunked message of one byte more than the most", 413, "MESSAGE_TOO_LARGE");
    }

    /// <summary>White space after the root makes it as long to the byte.</summary>
    private static byte[] OfBytes(Probe probe, int over)
    {
        var length = (int)probe.Target.MaxMessageBytes + over;
        var message = probe.Message(bytes: length - 8);
        return [.. message, .. Enumerable.Repeat((byte)' ', length - message.Length)];
    }
}
