using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Deliveries;
using PostModtag.Application.DigitalPost;
using PostModtag.Application.Memo;
using PostModtag.Application.Operation;
using PostModtag.Application.Outbox;
using PostModtag.Application.Reconciliation;
using PostModtag.Application.Retention;
using PostModtag.Application.Rules;
using PostModtag.Application.Storage;
using PostModtag.Infrastructure.Delivery;
using PostModtag.Infrastructure.DigitalPost;
using PostModtag.Infrastructure.Memo;
using PostModtag.Infrastructure.Rules;
using PostModtag.Infrastructure.Storage;
using PostModtag.Infrastructure.Storage.Checks;
using PostModtag.Infrastructure.Storage.Move;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Infrastructure.Storage.Reconciliation;
using PostModtag.Infrastructure.Storage.Retention;
using PostModtag.Infrastructure.Storage.Senders;
using PostModtag.Infrastructure.Storage.Sqlite;
using PostModtag.Infrastructure.Storage.Verify;

namespace PostModtag.Infrastructure;

/// <summary>Registers what the use cases need of the world.</summary>
public static class InfrastructureRegistration
{
    /// <summary>Adds the reader, the storage, and the way to fagsystemer on other hosts.</summary>
    public static IServiceCollection AddPostModtagInfrastructure(this IServiceCollection services)
    {
        // .NET itself knows Unicode, ASCII and Latin-1 only; fagsystemer of some age write windows-1252.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        services.AddSingleton(MemoSchemas.BuiltIn());
        services.AddSingleton<IMemoReader, MemoReader>();

        services.AddDatabase();
        services.AddSingleton<MessageMender>();
        services.AddSingleton<SearchKey>();
        services.AddSingleton<OlderSenders>();
        services.AddSingleton<IMessageStore, MessageStore>();
        services.AddSingleton<IOutbox, OutboxStore>();
        services.AddSingleton<IDigitalPost, DigitalPostClient>();
        services.AddSingleton<ISetupStore, SetupStore>();
        services.AddSingleton<IGuardStore, GuardStore>();
        services.AddSingleton<IAuditTrail, AuditTrail>();
        services.AddSingleton<IRetentionStore, RetentionStore>();
        services.AddSingleton<IReconciliationStore, ReconciliationStore>();
        services.AddSingleton<IOverviewStore, OverviewStore>();
        services.AddSingleton<IRuleFileFormat, RuleFileFormat>();
        services.AddDelivery();
        services.AddHostedService<StorageStartup>();
        services.AddSingleton<IStartCheck, DiskCheck>();
        services.AddSingleton<IStartCheck>(provider => provider.GetRequiredService<IDatabaseStartCheck>());
        services.AddHostedService<ReaderWarmUp>();
        services.AddHostedService<SetupListener>();
        services.AddHealthChecks().AddCheck<StorageHealth>("storage", tags: [HealthTags.Ready]);
        return services;
    }

    /// <summary>Adds how much room is left on the disk, for a host that has a meter.</summary>
    public static IServiceCollection AddDiskMetrics(this IServiceCollection services) => services.AddHostedService<DiskMetrics>();

    /// <summary>Both databases are registered, and the settings say which one is used.</summary>
    private static void AddDatabase(this IServiceCollection services)
    {
        services.AddSingleton<DataFolder>();
        services.AddPooledDbContextFactory<SqliteDbContext>((provider, options) => options
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = provider.GetRequiredService<DataFolder>().Database, Mode = SqliteOpenMode.ReadWrite }.ConnectionString)
            .UseOwnDefaults()
            .AddInterceptors(new SqliteSettings()));
        services.AddSingleton<PostgreSqlSource>();
        services.AddPooledDbContextFactory<PostgreSqlDbContext>((provider, options) =>
        {
            if (UsesPostgreSql(provider))
                options.UseNpgsql(provider.GetRequiredService<PostgreSqlSource>().DataSource).UseOwnDefaults();
        });

        services.AddByDatabase<IDbContextFactory<PostModtagDbContext>, DatabaseFactory<SqliteDbContext>, DatabaseFactory<PostgreSqlDbContext>>();
        services.AddByDatabase<IDatabase, SqliteDatabase, PostgreSqlDatabase>();
        services.AddByDatabase<ISetupRevision, SqliteSetupRevision, PostgreSqlSetupRevision>();
        services.AddSingleton<ContentPacks>();
        services.AddSingleton<CommitSync>();
        services.AddSingleton<LostContents>();
        services.AddSingleton<RowGroups>();
        services.AddByDatabase<DatabaseWriter, GroupWriter, ManyWriters>();
        services.AddByDatabase<IRowWriter, SqliteRowWriter, PostgreSqlRowWriter>();
        services.AddByDatabase<IMessageUpdates, SqliteMessageUpdates, PostgreSqlMessageUpdates>();
        services.AddByDatabase<IContentStore, FileContentStore, PieceContentStore>();
        services.AddByDatabase<IContentRemoval, SqliteContentRemoval, PostgreSqlContentRemoval>();
        services.AddByDatabase<IBackup, SqliteBackup, PostgreSqlBackup>();
        services.AddByDatabase<IDatabaseStartCheck, SqliteStartCheck, PostgreSqlStartCheck>();
        services.AddByDatabase<IDatabaseVerification, SqliteVerification, PostgreSqlVerification>();
        services.AddSingleton<IVerification, Verification>();
        services.AddByDatabase<INodeTurns, OneNode, PostgreSqlTurns>();
        services.AddByDatabase<IXmlRepository, FileKeys, PostgreSqlKeys>();
        services.AddSingleton<IDatabaseMove, DatabaseMove>();
    }

    /// <summary>
    /// Queries track nothing: a row that was read once would stay as it was in each later answer of the same context. And a start does
    /// not build the whole model to see whether a migration is missing: a test does that.
    /// </summary>
    private static DbContextOptionsBuilder UseOwnDefaults(this DbContextOptionsBuilder options) => options
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    private static void AddByDatabase<TService, TSqlite, TPostgreSql>(this IServiceCollection services)
        where TService : class
        where TSqlite : class, TService
        where TPostgreSql : class, TService
    {
        services.AddSingleton<TSqlite>();
        services.AddSingleton<TPostgreSql>();
        services.AddSingleton<TService>(provider => UsesPostgreSql(provider) ? provider.GetRequiredService<TPostgreSql>() : provider.GetRequiredService<TSqlite>());
    }

    private static bool UsesPostgreSql(IServiceProvider provider) => provider.GetRequiredService<IOptions<PostModtagOptions>>().Value.PostgreSql is not null;

    private static void AddDelivery(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("PostModtag");
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((keys, repository) => keys.XmlRepository = repository);
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
