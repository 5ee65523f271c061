using System.Xml;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application;
using PostModtag.Application.Memo;
using PostModtag.Application.Storage;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure;
using PostModtag.Infrastructure.Memo;
using PostModtag.Infrastructure.Storage;

namespace PostModtag.SchemaGenerator.Tests;

/// <summary>The server's own reader as the server registers it, with a data folder that goes with it.</summary>
internal sealed class RealReader : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-reader-").FullName;
    private readonly ServiceProvider _services;

    /// <param name="writeSchemas">Writes the schemas into a folder; null for those built into the server.</param>
    public RealReader(Action<string>? writeSchemas = null)
    {
        var services = new ServiceCollection();
        services.Configure<PostModtagOptions>(options => options.DataFolder = Path.Combine(_folder, "data"));
        services.AddPostModtagInfrastructure();
        if (writeSchemas is not null)
        {
            var memo = Path.Combine(_folder, "memo");
            writeSchemas(memo);
            services.AddSingleton(MemoSchemas.FromFolder(memo));
        }

        _services = services.BuildServiceProvider();
        _services.GetRequiredService<DataFolder>().Open();
    }

    public async Task<ReceivedMemo> ReadAsync(byte[] body)
    {
        await using var reading = await _services.GetRequiredService<IMemoReader>().ReadAsync(new MemoryStream(body), null, CancellationToken.None);
        return reading.ShouldBeOfType<MemoReading.Message>().Memo;
    }

    /// <summary>The tree that the reader makes the model from.</summary>
    public async Task<MemoElement> ParseAsync(byte[] body)
    {
        using var xml = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { Async = true });
        await using var contents = _services.GetRequiredService<IContentStore>().Stage();
        var parser = new MemoParser(xml, _services.GetRequiredService<MemoSchemas>(), contents, CancellationToken.None);
        await parser.ParseAsync();
        parser.Violations.Kept.ShouldBeEmpty();
        return parser.Root.ShouldNotBeNull();
    }

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
