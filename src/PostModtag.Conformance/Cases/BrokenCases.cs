using System.Globalization;

namespace PostModtag.Conformance.Cases;

/// <summary>Uploads that break off, lie about their length, or never end.</summary>
internal static class BrokenCases
{
    private static readonly TimeSpan Drip = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("BROKEN-01", "A body that breaks off", "The body did not come whole: nothing is kept, and the same message is sent again.", Sources.Of(408), BreaksOffAsync),
        new("BROKEN-02", "A chunked body that breaks off", "The body did not come whole: nothing is kept, and the same message is sent again.", Sources.Of(408), ChunkedBreaksOffAsync),
        new("BROKEN-03", "A chunked body", "The message is read as a stream, whether its length is said or not.", Sources.Operation, ChunkedAsync),
        new("BROKEN-04", "A chunk whose length is no number", "This was not a PostModtag call, and nothing is kept.", Sources.Answers, NoChunkAsync),
        new("BROKEN-05", "A body that comes a byte a second", "The body came too slowly (BODY_INCOMPLETE).", Sources.Of(408), SlowAsync) { IsLong = true },
    ];

    private static async Task BreaksOffAsync(Probe probe)
    {
        var message = probe.Message();
        var broken = await probe.SendAsync([Length(message)], async (stream, cancellationToken) =>
        {
            await stream.WriteAsync(message.AsMemory(0, message.Length / 2), cancellationToken);
            return false;
        });
        Probe.Expect(broken is null or { Status: 400 or 408 }, "half of a body", "408, 400, or no answer", broken);
        Probe.Accepted(await probe.PostAsync(message), "the same message, whole");
    }

    private static async Task ChunkedBreaksOffAsync(Probe probe)
    {
        var message = probe.Message();
        var broken = await probe.SendAsync([("Transfer-Encoding", "chunked")], async (stream, cancellationToken) =>
        {
            await ChunkAsync(stream, message.AsMemory(0, message.Length / 2), cancellationToken);
            return false;
        });
        Probe.Expect(broken is null or { Status: 400 or 408 }, "a chunked body without its end", "408, 400, or no answer", broken);
        Probe.Accepted(await probe.PostAsync(message), "the same message, whole");
    }

    private static async Task ChunkedAsync(Probe probe)
    {
        var message = probe.Message();
        Probe.Accepted(await probe.SendAsync([("Transfer-Encoding", "chunked")], async (stream, cancellationToken) =>
        {
            await ChunkAsync(stream, message.AsMemory(0, 100), cancellationToken);
            await ChunkAsync(stream, message.AsMemory(100), cancellationToken);
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), cancellationToken);
            return true;
        }), "a valid message in two chunks");
    }

    private static async Task NoChunkAsync(Probe probe)
    {
        var answer = await probe.SendAsync([("Transfer-Encoding", "chunked")], async (stream, cancellationToken) =>
        {
            await stream.WriteAsync("mange\r\n<x/>\r\n0\r\n\r\n"u8.ToArray(), cancellationToken);
            return true;
        });
        Probe.Expect(answer is null or { Status: 400 or 408 }, "a chunk whose length is no number", "400, 408, or no answer", answer);
    }

    private static async Task SlowAsync(Probe probe)
    {
        var message = probe.Message(bytes: 20_000);
        var answer = await probe.SendAsync([Length(message)], async (stream, cancellationToken) =>
        {
            using var timer = new PeriodicTimer(Drip);
            for (var i = 0; i < message.Length && await timer.WaitForNextTickAsync(cancellationToken); i++)
            {
                await stream.WriteAsync(message.AsMemory(i, 1), cancellationToken);
                await stream.FlushAsync(cancellationToken);
            }

            return true;
        });
        Probe.Expect(answer is null or { Status: 408 }, "a body of 20,000 bytes, a byte a second", "408, or the connection closed, within the time that is waited", answer);
    }

    private static (string Name, string Value) Length(byte[] message) => ("Content-Length", message.Length.ToString(CultureInfo.InvariantCulture));

    private static async Task ChunkAsync(Stream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Probe.Bytes($"{bytes.Length:x}\r\n"), cancellationToken);
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken);
    }
}
