using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Memo;
using PostModtag.Application.Rules;
using PostModtag.Application.Storage;
using PostModtag.Infrastructure.Delivery;
using PostModtag.Infrastructure.Memo;
using PostModtag.Infrastructure.Rules;
using PostModtag.Infrastructure.Storage;

namespace PostModtag.Infrastructure;

/// <summary>Registers what the use cases need of the world.</summary>
public static class InfrastructureRegistration
{
    /// <summary>Adds the reader, and the storage in SQLite and files.</summary>
    public static IServiceCollection AddPostModtagInfrastructure(this IServiceCollection services)
    {
        // .NET itself knows Unicode, ASCII and Latin-1 only; fagsystemer of some age write windows-1252.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        services.AddSingleton(MemoSchemas.BuiltIn());
        services.AddSingleton<IMemoReader, MemoReader>();

        services.AddSingleton<DataFolder>();
        services.AddDbContextFactory<PostModtagDbContext>((provider, options) => options
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = provider.GetRequiredService<DataFolder>().Database }.ConnectionString)
            .AddInterceptors(new SqliteSettings()));
        services.AddSingleton<ContentStore>();
        services.AddSingleton<IContentStore>(provider => provider.GetRequiredService<ContentStore>());
        services.AddSingleton<DatabaseWriter>();
        services.AddSingleton<MessageMender>();
        services.AddSingleton<IMessageStore, MessageStore>();
        services.AddSingleton<ISetupStore, SetupStore>();
        services.AddSingleton<IRuleFileFormat, RuleFileFormat>();
        services.AddDelivery();
        services.AddHostedService<StorageStartup>();
        services.AddHealthChecks().AddCheck<StorageHealth>("storage", tags: [HealthTags.Ready]);
        return services;
    }

    private static void AddDelivery(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("PostModtag");
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((keys, folder, logs) =>
            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folder.Keys), logs));
        services.AddSingleton<ICredentialStore, CredentialStore>();
        services.AddSingleton<FagsystemConnections>();
        services.AddSingleton<IRestFagsystem, RestFagsystem>();
    }
}

/// <summary>What a health check speaks of.</summary>
public static class HealthTags
{
    /// <summary>Whether the server can take a message now.</summary>
    public const string Ready = "ready";
}
