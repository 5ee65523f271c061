using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PostModtag.Application;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure;

namespace PostModtag.Benchmarks;

/// <summary>
/// Where a content is kept fastest, by its size: in the database or in a file. One message with one content of random
/// bytes is kept durably by the real store; both places are taken in turn, so that a noisy machine is noisy to both.
/// </summary>
internal static class ContentPlaceBenchmark
{
    private const int Rounds = 15;
    private const int MessagesInRound = 16;

    public static async Task RunAsync()
    {
        Console.WriteLine("Durable keeping of one message, median of 15 rounds of 16 messages. Ratio: in a file / in the database; over 1 the database is faster.");
        Console.WriteLine($"{"bytes",10} {"writers",8} {"database ms",12} {"file ms",10} {"ratio",7}");
        foreach (var writers in new[] { 1, 8 })
        {
            foreach (var size in new[] { 4_096, 16_384, 65_536, 131_072, 262_144, 524_288, 1_048_576, 4_194_304 })
                await CompareAsync(size, writers);
        }
    }

    private static async Task CompareAsync(int size, int writers)
    {
        await using var database = await Place.OpenAsync(inlineBytes: 16_777_216);
        await using var files = await Place.OpenAsync(inlineBytes: 0);
        var inDatabase = new List<double>();
        var inFiles = new List<double>();
        await database.KeepAsync(size, writers, MessagesInRound);
        await files.KeepAsync(size, writers, MessagesInRound);
        for (var round = 0; round < Rounds; round++)
        {
            inDatabase.Add(await database.KeepAsync(size, writers, MessagesInRound));
            inFiles.Add(await files.KeepAsync(size, writers, MessagesInRound));
        }

        var ratio = Median(inFiles.Zip(inDatabase, (file, inline) => file / inline));
        Console.WriteLine($"{size,10} {writers,8} {Median(inDatabase),12:F2} {Median(inFiles),10:F2} {ratio,7:F2}");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed class Place : IAsyncDisposable
    {
        private readonly ServiceProvider _services;
        private readonly string _folder;

        private Place(ServiceProvider services, string folder)
        {
            _services = services;
            _folder = folder;
        }

        public static async Task<Place> OpenAsync(int inlineBytes)
        {
            var folder = Directory.CreateTempSubdirectory("postmodtag-bench-").FullName;
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["PostModtag:DataFolder"] = folder,
                ["PostModtag:InlineContentBytes"] = $"{inlineBytes}",
            }).Build();
            var services = new ServiceCollection().AddLogging().AddPostModtagApplication(configuration).AddPostModtagInfrastructure().BuildServiceProvider();
            foreach (var startup in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
                await startup.StartingAsync(CancellationToken.None);
            return new Place(services, folder);
        }

        /// <summary>Keeps messages, some at a time; returns milliseconds a message.</summary>
        public async Task<double> KeepAsync(int size, int writers, int messages)
        {
            var contents = Enumerable.Range(0, messages).Select(_ => RandomNumberGenerator.GetBytes(size)).ToList();
            var start = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(contents, new ParallelOptions { MaxDegreeOfParallelism = writers }, async (content, cancellationToken) =>
            {
                await using var staged = _services.GetRequiredService<IContentStore>().Stage();
                var writer = staged.Add();
                await writer.WriteAsync(content, cancellationToken);
                var memo = new ReceivedMemo
                {
                    MessageUuid = Guid.NewGuid(),
                    Xml = await writer.CompleteAsync(cancellationToken),
                    MemoVersion = "1.2",
                    Summary = new MessageSummary(null, null, null, null, null, null, null),
                    Memo = null,
                    Rejection = null,
                };
                var message = Message.Receive(memo, Guid.NewGuid(), "application/xml", DateTimeOffset.UtcNow);
                await _services.GetRequiredService<IMessageStore>().AddAsync(new MessageChange { Message = message }, staged, cancellationToken);
            });
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds / messages;
        }

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
