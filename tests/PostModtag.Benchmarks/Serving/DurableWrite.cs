using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace PostModtag.Benchmarks.Serving;

/// <summary>
/// The fastest durable write of a message's bytes and one row that this disk allows, in groups: SQLite with the bytes in the row, or
/// the bytes in a file with one fdatasync, and the rows beside it. Whichever is faster counts.
/// </summary>
internal sealed class DurableWrite : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-bench-").FullName;
    private readonly SqliteConnection _database;
    private readonly SafeFileHandle _log;
    private readonly byte[] _zeros = new byte[1_000_000];
    private long _end;
    private long _room;

    /// <summary>Where the bytes are written.</summary>
    public enum Place
    {
        /// <summary>To the row's column.</summary>
        Row,

        /// <summary>To the end of a file, which grows by it.</summary>
        FileEnd,

        /// <summary>Over zeros that the file has at its end; where they are used up, new ones are written with the next bytes.</summary>
        FileWithRoom,
    }

    public DurableWrite()
    {
        _database = new SqliteConnection($"Data Source={Path.Combine(_folder, "d.db")}");
        _database.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000; CREATE TABLE m (id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, at INTEGER NOT NULL, bytes BLOB)");
        _log = File.OpenHandle(Path.Combine(_folder, "log"), FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.None);
    }

    /// <summary>Writes for so long, and says how many a second.</summary>
    public double PerSecond(byte[] message, int group, double seconds) =>
        Enum.GetValues<Place>().Max(place => PerSecond(message, group, seconds / 3, place));

    /// <summary>How long one takes, in seconds: the median of as many as there is time for.</summary>
    public double Latency(byte[] message, Place place, double seconds)
    {
        var taken = new List<double>();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
        {
            var begun = Stopwatch.GetTimestamp();
            Write(message, 1, place);
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

    private double PerSecond(byte[] message, int group, double seconds, Place place)
    {
        var written = 0;
        var start = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; written += group)
            Write(message, group, place);
        return written / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void Write(byte[] message, int group, Place place)
    {
        using var transaction = _database.BeginTransaction();
        using var insert = _database.CreateCommand();
        insert.CommandText = "INSERT INTO m (uuid, at, bytes) VALUES ($uuid, $at, $bytes)";
        var (uuid, at, bytes) = (insert.Parameters.Add("$uuid", SqliteType.Blob), insert.Parameters.Add("$at", SqliteType.Integer), insert.Parameters.Add("$bytes", SqliteType.Blob));
        for (var i = 0; i < group; i++)
        {
            uuid.Value = Guid.NewGuid().ToByteArray();
            at.Value = _end;
            bytes.Value = place == Place.Row ? message : DBNull.Value;
            insert.ExecuteNonQuery();
            if (place == Place.Row)
                continue;
            RandomAccess.Write(_log, message, _end);
            _end += message.Length;
        }

        if (place == Place.FileWithRoom && _end > _room)
        {
            RandomAccess.Write(_log, _zeros, _end);
            _room = _end + _zeros.Length;
        }

        if (place != Place.Row)
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
