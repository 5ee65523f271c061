using Microsoft.Extensions.Options;
using Npgsql;
using PostModtag.Application;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>
/// The connections to the database that <c>PostModtag:PostgreSql</c> names. What is said to it again and again stays prepared on each,
/// and whoever is given one takes it as the last has left it, unless the connection string has it otherwise (<c>Max Auto Prepare</c>,
/// <c>No Reset On Close</c>). So nobody changes what outlives a transaction: who has to takes a connection of their own.
/// </summary>
internal sealed class PostgreSqlSource(IOptions<PostModtagOptions> options) : IDisposable
{
    private const string AutoPrepare = "Max Auto Prepare";
    private const string NoReset = "No Reset On Close";

    // All that messages say, and more; the database keeps each for every connection.
    private const int Prepared = 64;

    // A search is planned for what is looked for, as one that is not prepared: what finds the few rejected messages fast is slow for all the others.
    private const string PlanEach = "-c plan_cache_mode=force_custom_plan";

    private readonly Lazy<NpgsqlDataSource> _dataSource = new(() => NpgsqlDataSource.Create(ForSearches(Read(options.Value))));

    /// <summary>The connection string, with the password, for a connection that is held for long, or that is set to something. Nothing is searched for on it.</summary>
    public string OwnConnection => new NpgsqlConnectionStringBuilder(Read(options.Value).ConnectionString) { Pooling = false, KeepAlive = 10 }.ConnectionString;

    /// <summary>The connections that are taken for a moment.</summary>
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

    private static NpgsqlConnectionStringBuilder ForSearches(NpgsqlConnectionStringBuilder settings)
    {
        if (settings.MaxAutoPrepare > 0)
            settings.Options = settings.Options is { } own ? $"{PlanEach} {own}" : PlanEach;
        return settings;
    }

    private static NpgsqlConnectionStringBuilder Read(PostModtagOptions options)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(options.PostgreSql) { IncludeErrorDetail = false };
            settings.ApplicationName ??= "PostModtag";
            if (!settings.ShouldSerialize(AutoPrepare))
                settings.MaxAutoPrepare = Prepared;
            if (!settings.ShouldSerialize(NoReset))
                settings.NoResetOnClose = true;
            return settings;
        }
        catch (ArgumentException exception)
        {
            // What .NET says of it may quote the password.
            throw new StorageUnavailableException("PostModtag:PostgreSql is not a connection string that Npgsql can read. Expected such as Host=db.example;Database=postmodtag;Username=postmodtag;Password=...", exception);
        }
    }
}
