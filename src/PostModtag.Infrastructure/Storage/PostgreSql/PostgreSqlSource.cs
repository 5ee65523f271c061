using Microsoft.Extensions.Options;
using Npgsql;
using PostModtag.Application;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// The connections to the database that <c>PostModtag:PostgreSql</c> names. What is said to it again and again stays prepared on each,
/// unless the connection string has it otherwise (<c>Max Auto Prepare</c>).
/// </summary>
internal sealed class PostgreSqlSource(IOptions<PostModtagOptions> options) : IDisposable
{
    private const string AutoPrepare = "Max Auto Prepare";

    // All that messages say, and more; the database keeps each for every connection.
    private const int Prepared = 64;

    // A search is planned for what is looked for, as one that is not prepared: what finds the few rejected messages fast is slow for all the others.
    private const string PlanEach = "-c plan_cache_mode=force_custom_plan";

    private readonly Lazy<NpgsqlDataSource> _dataSource = new(() => NpgsqlDataSource.Create(Read(options.Value)));

    /// <summary>The connection string, with the password, for a connection that is held for long.</summary>
    public string OwnConnection => new NpgsqlConnectionStringBuilder(Read(options.Value).ConnectionString) { Pooling = false, KeepAlive = 10 }.ConnectionString;

    public NpgsqlDataSource DataSource => _dataSource.Value;

    /// <summary>The database's name and its host, to speak of it; never the password.</summary>
    public string Name
    {
        get
        {
            var settings = Read(options.Value);
            return $"{settings.Database ?? settings.Username} on {settings.Host}";
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_dataSource.IsValueCreated)
            _dataSource.Value.Dispose();
    }

    private static NpgsqlConnectionStringBuilder Read(PostModtagOptions options)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(options.PostgreSql) { IncludeErrorDetail = false };
            settings.ApplicationName ??= "PostModtag";
            if (!settings.ShouldSerialize(AutoPrepare))
                (settings.MaxAutoPrepare, settings.Options) = (Prepared, settings.Options is { } own ? $"{PlanEach} {own}" : PlanEach);
            return settings;
        }
        catch (ArgumentException exception)
        {
            // What .NET says of it may quote the password.
            throw new StorageUnavailableException("PostModtag:PostgreSql is not a connection string that Npgsql can read. Expected such as Host=db.example;Database=postmodtag;Username=postmodtag;Password=...", exception);
        }
    }
}
