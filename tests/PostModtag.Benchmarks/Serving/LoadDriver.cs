using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PostModtag.Benchmarks.Measuring;

namespace PostModtag.Benchmarks.Serving;

/// <summary>
/// Posts the same message under ever new messageUUIDs from a number of connections, the next as soon as the answer to the last has
/// come. It speaks plain HTTP/1.1 on sockets: a client of many layers would take from the server the processors that are measured.
/// </summary>
internal sealed class LoadDriver
{
    private const int AnswerBytes = 16_384;

    private readonly IPEndPoint _address;
    private readonly byte[] _request;
    private readonly int _uuidAt;

    /// <param name="address">The server.</param>
    /// <param name="message">The message; its messageUUID, at the place that is given, is replaced.</param>
    /// <param name="uuidAt">Where in it the messageUUID begins.</param>
    public LoadDriver(Uri address, byte[] message, int uuidAt)
    {
        _address = new IPEndPoint(IPAddress.Loopback, address.Port);
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST /PostModtag HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nAccept: application/json\r\nContent-Length: {message.Length}\r\n\r\n"));
        _request = [.. head, .. message];
        _uuidAt = head.Length + uuidAt;
    }

    /// <summary>Loads for so long, and says how many answers came and how long each took, in seconds.</summary>
    /// <exception cref="InvalidOperationException">An answer was not 200.</exception>
    public async Task<Load> RunAsync(int connections, double seconds)
    {
        var start = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => ConnectionAsync(start, seconds))));
        return new Load(latencies.Sum(each => each.Count) / Stopwatch.GetElapsedTime(start).TotalSeconds, [.. latencies.SelectMany(each => each)]);
    }

    /// <summary>Loads until the compiler has done its work: until more of it makes it no faster.</summary>
    public async Task WarmUpAsync(int connections, Scale scale)
    {
        var (best, isFaster) = (0.0, true);
        for (var round = 0; isFaster && round < scale.MostWarmUps; round++)
        {
            var now = (await RunAsync(connections, scale.Seconds)).PerSecond;
            isFaster = now > best * 1.05;
            best = Math.Max(best, now);
        }
    }

    /// <summary>Posts so many, and says how many there were a second.</summary>
    public async Task<double> PostAsync(int connections, int messages)
    {
        var left = messages;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new Connection(_address, _request, _uuidAt);
            while (Interlocked.Decrement(ref left) >= 0)
                await connection.PostAsync();
        })));
        return messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task<List<double>> ConnectionAsync(long start, double seconds)
    {
        using var connection = new Connection(_address, _request, _uuidAt);
        var latencies = new List<double>();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            var sent = Stopwatch.GetTimestamp();
            await connection.PostAsync();
            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalSeconds);
        }

        return latencies;
    }

    private sealed class Connection : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _answer = new byte[AnswerBytes];
        private readonly byte[] _request;
        private readonly int _uuidAt;

        public Connection(IPEndPoint address, byte[] request, int uuidAt)
        {
            (_request, _uuidAt) = ([.. request], uuidAt);
            _socket.Connect(address);
        }

        public async Task PostAsync()
        {
            Guid.NewGuid().TryFormat(_request.AsSpan(_uuidAt), out _);
            for (var sent = 0; sent < _request.Length;)
                sent += await _socket.SendAsync(_request.AsMemory(sent));
            var length = 0;
            do
            {
                var count = await _socket.ReceiveAsync(_answer.AsMemory(length));
                if (count == 0)
                    throw new InvalidOperationException("The server closed the connection.");
                length += count;
            }
            while (!IsWhole(_answer.AsSpan(0, length)));
            if (!_answer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
                throw new InvalidOperationException($"The answer begins with {Encoding.ASCII.GetString(_answer, 0, Math.Min(length, 15))}");
        }

        public void Dispose() => _socket.Dispose();

        private static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var end = answer.IndexOf("\r\n\r\n"u8);
            if (end < 0)
                return false;
            var head = answer[..end];
            var at = head.IndexOf("Content-Length: "u8);
            if (at < 0)
                return answer.EndsWith("0\r\n\r\n"u8);
            return System.Buffers.Text.Utf8Parser.TryParse(head[(at + 16)..], out int length, out _) && answer.Length >= end + 4 + length;
        }
    }
}

/// <summary>What a load came to.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Latencies">How long each took, in seconds.</param>
internal sealed record Load(double PerSecond, IReadOnlyList<double> Latencies);
