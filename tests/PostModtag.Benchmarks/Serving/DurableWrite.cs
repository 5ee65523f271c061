using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace PostModtag.Benchmarks.Serving;

/// <summary>
/// The fastest durable write of a message's bytes and one row that this disk allows, in groups: SQLite with the bytes in the row, or
/// the bytes appended to a file with one fdatasync, and the rows beside it. Whichever is faster counts.
/// </summary>
internal sealed class DurableWrite : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-bench-").FullName;
    private readonly SqliteConnection _database;
    private readonly SafeFileHandle _log;
    private long _end;

    public DurableWrite()
    {
        _database = new SqliteConnection($"Data Source={Path.Combine(_folder, "d.db")}");
        _database.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000; CREATE TABLE m (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, at INTEGER NOT NULL, bytes BLOB)");
        _log = File.OpenHandle(Path.Combine(_folder, "log"), FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.None);
    }

    /// <summary>Writes for so long, and says how many a second.</summary>
    public double PerSecond(byte[] message, int group, double seconds) =>
        Math.Max(PerSecond(message, group, seconds / 2, inRow: true), PerSecond(message, group, seconds / 2, inRow: false));

    /// <summary>How long one takes, in seconds: the median of as many as there is time for.</summary>
    public double Latency(byte[] message, double seconds)
    {
        var taken = new List<double>();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
        {
            var begun = Stopwatch.GetTimestamp();
            Write(message, 1, inRow: false);
            taken.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        return Measuring.Rounds.Median(taken);
    }

    public void Dispose()
    {
        _log.Dispose();
        SqliteConnection.ClearPool(_database);
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private double PerSecond(byte[] message, int group, double seconds, bool inRow)
    {
        var written = 0;
        var start = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; written += group)
            Write(message, group, inRow);
        return written / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void Write(byte[] message, int group, bool inRow)
    {
        using var transaction = _database.BeginTransaction();
        using var insert = _database.CreateCommand();
        insert.CommandText = "INSERT INTO m (uuid, at, bytes) VALUES ($uuid, $at, $bytes)";
        var (uuid, at, bytes) = (insert.Parameters.Add("$uuid", SqliteType.Blob), insert.Parameters.Add("$at", SqliteType.Integer), insert.Parameters.Add("$bytes", SqliteType.Blob));
        for (var i = 0; i < group; i++)
        {
            uuid.Value = Guid.NewGuid().ToByteArray();
            at.Value = _end;
            bytes.Value = inRow ? message : DBNull.Value;
            insert.ExecuteNonQuery();
            if (inRow)
                continue;
            RandomAccess.Write(_log, message, _end);
            _end += message.Length;
        }

        if (!inRow)
            RandomAccess.FlushToDisk(_log);
        transaction.Commit();
    }

    private void Execute(string sql)
    {
        using var command = _database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
