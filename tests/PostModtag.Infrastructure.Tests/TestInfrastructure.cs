using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PostModtag.Application;
using PostModtag.Application.Memo;
using PostModtag.Application.Routing;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Memo;
using PostModtag.Infrastructure.Storage;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Infrastructure.Storage.Sqlite;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests;

/// <summary>Reader and storage as the server registers them, on a data folder of their own that goes with them.</summary>
internal sealed class TestInfrastructure : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string? _temporary;
    private readonly string _folder;

    /// <param name="dataFolder">A folder that stays; a new one, that goes with this, when null.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <param name="interceptor">Sees, and may break, what goes to the database.</param>
    /// <param name="replace">Puts other parts in the place of the server's own.</param>
    public TestInfrastructure(string? dataFolder = null, Action<PostModtagOptions>? configure = null, IInterceptor? interceptor = null, Action<IServiceCollection>? replace = null)
    {
        _temporary = dataFolder is null ? Directory.CreateTempSubdirectory("postmodtag-infrastructure-").FullName : null;
        _folder = dataFolder ?? Path.Combine(_temporary!, "data");
        var services = new ServiceCollection();
        services.AddLogging();
        services.Configure<PostModtagOptions>(options =>
        {
            options.DataFolder = _folder;
            configure?.Invoke(options);
            if (TestDatabase.IsPostgreSql)
                options.PostgreSql ??= TestDatabase.ConnectionString(_folder);
        });
        services.AddPostModtagInfrastructure();
        services.AddSingleton<RoutingTables>();
        services.AddSingleton(TimeProvider.System);
        if (interceptor is not null)
        {
            services.ConfigureDbContext<SqliteDbContext>(options => options.AddInterceptors(interceptor));
            services.ConfigureDbContext<PostgreSqlDbContext>(options => options.AddInterceptors(interceptor));
        }

        replace?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public IMemoReader Reader => _services.GetRequiredService<IMemoReader>();

    public MemoSchemas Schemas => _services.GetRequiredService<MemoSchemas>();

    public IMessageStore Messages => _services.GetRequiredService<IMessageStore>();

    public IContentStore Contents => _services.GetRequiredService<IContentStore>();

    public IDatabase Database => _services.GetRequiredService<IDatabase>();

    public DataFolder Folder => _services.GetRequiredService<DataFolder>();

    public IDbContextFactory<PostModtagDbContext> Databases => _services.GetRequiredService<IDbContextFactory<PostModtagDbContext>>();

    public IServiceProvider Services => _services;

    /// <summary>With the folders and no database: enough for reading.</summary>
    public static TestInfrastructure ForReading(Action<PostModtagOptions>? configure = null)
    {
        var infrastructure = new TestInfrastructure(configure: configure);
        infrastructure.Folder.Open();
        return infrastructure;
    }

    /// <summary>Started as the server starts it: folders, database, recovery.</summary>
    public static async Task<TestInfrastructure> StartAsync(string? dataFolder = null, Action<PostModtagOptions>? configure = null, IInterceptor? interceptor = null, Action<IServiceCollection>? replace = null)
    {
        var infrastructure = new TestInfrastructure(dataFolder, configure, interceptor, replace);
        await infrastructure.StartAsync();
        return infrastructure;
    }

    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await service.StartingAsync(CancellationToken.None);
    }

    public Task<MemoReading> ReadAsync(byte[] body, Encoding? charset = null) =>
        Reader.ReadAsync(new MemoryStream(body), charset, CancellationToken.None);

    /// <summary>Reads a body that is a message, valid or not, and keeps nothing of it.</summary>
    public async Task<ReceivedMemo> ReadMessageAsync(byte[] body, Encoding? charset = null)
    {
        await using var reading = await ReadAsync(body, charset);
        return reading.ShouldBeOfType<MemoReading.Message>().Memo;
    }

    /// <summary>Reads a body that is no message.</summary>
    public async Task<MemoReading.NotAMessage> ReadNoMessageAsync(byte[] body, Encoding? charset = null)
    {
        await using var reading = await ReadAsync(body, charset);
        return reading.ShouldBeOfType<MemoReading.NotAMessage>();
    }

    /// <summary>The files on their way in, by name.</summary>
    public IReadOnlyList<string> IncomingFiles() => [.. Directory.EnumerateFiles(Folder.Incoming).Select(file => Path.GetFileName(file))];

    /// <summary>The large contents in their places, by name: files, or in PostgreSQL what is there in pieces.</summary>
    public IReadOnlyList<string> LargeContents()
    {
        if (!TestDatabase.IsPostgreSql)
            return [.. Directory.EnumerateFiles(Folder.Contents, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).Order()];
        using var database = _services.GetRequiredService<IDbContextFactory<PostgreSqlDbContext>>().CreateDbContext();
        return [.. database.ContentPieces.Select(piece => piece.Sha256).Distinct().AsEnumerable().Order()];
    }

    public async ValueTask DisposeAsync()
    {
        await using (var database = await _services.GetRequiredService<IDbContextFactory<SqliteDbContext>>().CreateDbContextAsync())
            SqliteConnection.ClearPool((SqliteConnection)database.Database.GetDbConnection());
        await _services.DisposeAsync();
        if (_temporary is null)
            return;
        TestDatabase.Drop(_folder);
        Directory.Delete(_temporary, recursive: true);
    }
}
