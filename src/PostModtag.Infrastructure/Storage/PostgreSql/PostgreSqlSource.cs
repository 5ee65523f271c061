using Microsoft.Extensions.Options;
using Npgsql;
using PostModtag.Application;

namespace PostModtag.Infrastructure.Storage.PostgreSql;

/// <summary>The connections to the database that <c>PostModtag:PostgreSql</c> names.</summary>
internal sealed class PostgreSqlSource(IOptions<PostModtagOptions> options) : IDisposable
{
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
            return settings;
        }
        catch (ArgumentException exception)
        {
            // What .NET says of it may quote the password.
            throw new StorageUnavailableException("PostModtag:PostgreSql is not a connection string that Npgsql can read. Expected such as Host=db.example;Database=postmodtag;Username=postmodtag;Password=...", exception);
        }
    }
}
