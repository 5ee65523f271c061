using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application;
using PostModtag.Application.Memo;
using PostModtag.Infrastructure;
using PostModtag.Infrastructure.Storage;

namespace PostModtag.Fuzz;

/// <summary>The reader as the server registers it, on a data folder of its own that goes with it.</summary>
internal sealed class FuzzedReader : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-fuzz-").FullName;
    private readonly ServiceProvider _services;

    /// <param name="inFiles">Whether all contents go to files, also small ones.</param>
    public FuzzedReader(bool inFiles = false)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.Configure<PostModtagOptions>(options =>
        {
            options.DataFolder = Path.Combine(_folder, "data");
            if (inFiles)
                options.InlineContentBytes = 0;
        });
        services.AddPostModtagInfrastructure();
        services.AddSingleton(TimeProvider.System);
        _services = services.BuildServiceProvider();
        _services.GetRequiredService<DataFolder>().Open();
        Reader = _services.GetRequiredService<IMemoReader>();
    }

    /// <summary>The reader; tests put one in its place that answers wrongly.</summary>
    public IMemoReader Reader { get; init; }

    /// <summary>Where contents are on their way in.</summary>
    public string Incoming => _services.GetRequiredService<DataFolder>().Incoming;

    /// <summary>Whether anything of a body is still there.</summary>
    public bool HasLeftovers => Directory.EnumerateFileSystemEntries(Incoming).Any();

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
