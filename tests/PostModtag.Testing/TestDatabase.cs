using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace PostModtag.Testing;

/// <summary>
/// The database that the tests run on: SQLite, or, when POSTMODTAG_TEST_DATABASE is <c>postgresql</c>, a real PostgreSQL
/// that starts with the first test that needs it and ends with the process. Each data folder has a database of its own.
/// </summary>
public static class TestDatabase
{
    // The process is kept: collected, it would close its standard input.
    private static readonly Lazy<(Process Process, string ConnectionString)> Server = new(Start);
    private static readonly ConcurrentDictionary<string, string> Databases = new();
    private static int _count;

    /// <summary>Whether these tests run on PostgreSQL.</summary>
    public static bool IsPostgreSql { get; } = Environment.GetEnvironmentVariable("POSTMODTAG_TEST_DATABASE") == "postgresql";

    /// <summary>What the server is told on its command line to use the folder's database.</summary>
    public static string[] SettingsFor(string dataFolder) => IsPostgreSql ? [$"--PostModtag:PostgreSql={ConnectionString(dataFolder)}"] : [];

    /// <summary>What the server is told in its environment to use the folder's database.</summary>
    public static IEnumerable<KeyValuePair<string, string>> EnvironmentFor(string dataFolder) =>
        IsPostgreSql ? [KeyValuePair.Create("PostModtag__PostgreSql", ConnectionString(dataFolder))] : [];

    /// <summary>The folder's database in PostgreSQL, made when it is not there.</summary>
    public static string ConnectionString(string dataFolder) => Databases.GetOrAdd(Path.GetFullPath(dataFolder), _ => Create());

    /// <summary>A new, empty database in PostgreSQL.</summary>
    public static string Create()
    {
        var name = $"test_{Interlocked.Increment(ref _count)}";
        Execute($"CREATE DATABASE {name}");
        return $"{Server.Value.ConnectionString};Database={name}";
    }

    /// <summary>Drops the folder's database in PostgreSQL, where it has one.</summary>
    public static void Drop(string dataFolder)
    {
        if (Databases.TryRemove(Path.GetFullPath(dataFolder), out var database))
            Execute($"DROP DATABASE {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)");
    }

    /// <summary>Runs SQL on the folder's database, past the server. Names stand in quotes, as PostgreSQL wants them.</summary>
    public static void Execute(string dataFolder, string sql) => Execute(
        IsPostgreSql ? new NpgsqlConnection($"{ConnectionString(dataFolder)};Pooling=false") : new SqliteConnection($"Data Source={Path.Combine(dataFolder, "postmodtag.db")};Pooling=false"), sql);

    /// <summary>Runs SQL on a database in PostgreSQL.</summary>
    public static void ExecuteOn(string connectionString, string sql) => Execute(new NpgsqlConnection($"{connectionString};Pooling=false"), sql);

    private static void Execute(string sql) => Execute(new NpgsqlConnection($"{Server.Value.ConnectionString};Database=postgres;Pooling=false"), sql);

    private static void Execute(DbConnection connection, string sql)
    {
        using var closes = connection;
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write it.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>It ends when its standard input closes, which it does with this process, however that ends.</summary>
    private static (Process Process, string ConnectionString) Start()
    {
        var process = Process.Start(new ProcessStartInfo("bash", [Repository.PathOf("build", "postgresql.sh")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return (process, process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(process.StandardError.ReadToEnd()));
    }
}
