using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application;
using PostModtag.Infrastructure;
using PostModtag.Infrastructure.Storage.Senders;

namespace PostModtag.Benchmarks.Serving;

/// <summary>What a server's database has in the place of senders' ids, as only the server's own key makes it.</summary>
internal static class SenderKeys
{
    /// <summary>The keys of some ids, in their order.</summary>
    /// <param name="ids">Such as CPR numbers.</param>
    /// <param name="dataFolder">The data folder of a server that has been started.</param>
    /// <param name="postgreSql">Its database, where that is not in the folder.</param>
    public static async Task<IReadOnlyList<string>> OfAsync(IEnumerable<string> ids, string dataFolder, string? postgreSql)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.Configure<PostModtagOptions>(options => (options.DataFolder, options.PostgreSql) = (dataFolder, postgreSql));
        services.AddPostModtagInfrastructure();
        await using var provider = services.BuildServiceProvider();
        var key = provider.GetRequiredService<SearchKey>();
        await key.OpenAsync(CancellationToken.None);
        return [.. ids.Select(id => key.Of(id)!)];
    }
}
