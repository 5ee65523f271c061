using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application;
using PostModtag.Application.Storage;
using PostModtag.Infrastructure;

namespace PostModtag.Cli.Offline;

/// <summary>The server's own reader, checks and rules, without a server: nothing is kept, and nothing is asked for but the files themselves.</summary>
internal static class OfflineParts
{
    /// <summary>Makes them, with the server's settings as they are when nobody sets any.</summary>
    public static ServiceProvider Make()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPostModtagApplication(new ConfigurationBuilder().Build());
        services.AddPostModtagInfrastructure();
        services.AddSingleton<IContentStore, TemporaryContents>();
        return services.BuildServiceProvider();
    }
}
