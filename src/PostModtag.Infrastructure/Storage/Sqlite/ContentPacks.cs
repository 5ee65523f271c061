using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Win32.SafeHandles;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// Small contents, one after the other in files: each is written once, where SQLite would write it twice, and one sync makes those
/// of whole groups of messages durable. What of a file counts, the database says: its length there is a part of each commit, and so is
/// how much of it was durable then. What lies behind that is room for more. For the one writer of the database; only
/// <see cref="Sync"/> may be called beside it.
/// </summary>
internal sealed class ContentPacks(DataFolder folder) : IDisposable
{
    /// <summary>A pack with so many bytes is full.</summary>
    private const long FullPack = 256_000_000;

    /// <summary>So many zeros are written behind the contents when there is no room left: some fifty messages of 20 kB.</summary>
    private const int Room = 1_000_000;

    private const string KeepLength = $"""INSERT INTO "{ContentPackRow.Table}" ("Number", "Length", "Erased", "Durable") VALUES ($1, $2, $3, $4) ON CONFLICT ("Number") DO UPDATE SET "Length" = excluded."Length", "Erased" = "Erased" + excluded."Erased", "Durable" = excluded."Durable" """;
    private const string IsDurable = $"""UPDATE "{ContentPackRow.Table}" SET "Durable" = "Length" WHERE "Number" = $1 AND "Length" = $2""";

    private static readonly byte[] Zeros = new byte[65_536];

    private readonly Lock _lock = new();
    private SafeFileHandle? _file;
    private int _number;
    private long _end;
    private long _kept;
    private long _givenUp;
    private long _durable;
    private long _room;
    private bool _isNew;

    /// <summary>Begins where the database says that the last pack ends. What a crash, or a commit that failed, left behind that is dropped.</summary>
    /// <exception cref="StorageUnavailableException">A pack is not there, or is shorter than the database says.</exception>
    public async Task OpenAsync(SqliteDbContext database, CancellationToken cancellationToken)
    {
        Dispose();
        var packs = await database.Packs.OrderBy(pack => pack.Number).ToListAsync(cancellationToken);
        foreach (var path in Directory.EnumerateFiles(folder.Packs).ToList())
        {
            if (!int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !packs.Exists(pack => pack.Number == number))
                File.Delete(path);
        }

        packs.ForEach(CutOff);
        var last = packs.LastOrDefault();
        _number = last?.Number ?? 0;
        _end = _kept = _room = last?.Length ?? 0;
        _durable = last?.Durable ?? 0;
        (_givenUp, _isNew) = (0, false);
        WriteAgain();
    }

    /// <summary>Whether something that was written is not durable yet.</summary>
    public bool HasUnsynced
    {
        get
        {
            lock (_lock)
                return _durable < _end;
        }
    }

    /// <summary>Writes a group's contents, each with its place.</summary>
    /// <exception cref="IOException">The disk does not take them.</exception>
    public void Append(IEnumerable<PackedContent> contents)
    {
        var isFull = _number == 0 || _kept >= FullPack;
        foreach (var content in contents)
        {
            if (isFull)
                BeginNext();
            isFull = false;
            content.Place = new PackPlace(_number, _end);
            RandomAccess.Write(Open(), content.Bytes.Span, _end);
            _end += content.Bytes.Length;
        }

        if (_end > _room)
            MakeRoom();
    }

    /// <summary>Overwrites a content that was appended and is not to be kept after all.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void GiveUp(PackedContent content)
    {
        Clear(Open(), content.Place.Offset, content.Bytes.Length);
        _givenUp += content.Bytes.Length;
    }

    /// <summary>Says to the database, in the group's transaction, how much of the pack counts, and how much of that was durable before.</summary>
    public void Keep(SqliteStatements statements)
    {
        if (_end > _kept)
            statements.Execute(KeepLength, _number, _end, _givenUp, _durable);
    }

    /// <summary>The group is committed.</summary>
    public void Kept()
    {
        lock (_lock)
            (_kept, _givenUp) = (_end, 0);
    }

    /// <summary>Nothing of the group is kept.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Return()
    {
        if (_end > _kept)
            Clear(Open(), _kept, _end - _kept);
        (_end, _givenUp) = (_kept, 0);
    }

    /// <summary>Makes what was written durable.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Sync()
    {
        SafeFileHandle? file;
        int number;
        long kept;
        bool isNew;
        lock (_lock)
            (file, number, kept, isNew) = (_durable < _end ? Open() : null, _number, _kept, _isNew);
        if (file is null)
            return;
        try
        {
            folder.Sync(file);
            if (isNew)
                FileSystem.SyncFolder(folder.Packs);
        }
        catch (ObjectDisposedException)
        {
            // The writer has begun the next pack meanwhile, and synced this one before.
            return;
        }

        lock (_lock)
        {
            if (number == _number)
                (_durable, _isNew) = (Math.Max(_durable, kept), false);
        }
    }

    /// <summary>Says to the database that all of it is durable: there is nothing to find out at the next start.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public void End(SqliteStatements statements)
    {
        CutOffRoom();
        statements.Execute(IsDurable, _number, _durable);
    }

    /// <summary>Reads a content that is kept.</summary>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    public static byte[] Read(DataFolder folder, PackPlace place, long length)
    {
        using var file = File.OpenHandle(PathOf(folder, place.Number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[length];
        for (var read = 0; read < bytes.Length;)
        {
            var count = RandomAccess.Read(file, bytes.AsSpan(read), place.Offset + read);
            read += count > 0 ? count : throw new IOException($"The pack {PathOf(folder, place.Number)} ends within a content.");
        }

        return bytes;
    }

    /// <summary>Overwrites contents of a pack that belong to no message any more, durably.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Erase(DataFolder folder, int number, IEnumerable<(long Offset, long Length)> places)
    {
        using var file = File.OpenHandle(PathOf(folder, number), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        foreach (var (offset, length) in places)
            Clear(file, offset, length);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Deletes the file of a pack that the database does not know any more.</summary>
    public static void Delete(DataFolder folder, int number) => File.Delete(PathOf(folder, number));

    /// <inheritdoc />
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>A pack's file.</summary>
    public static string PathOf(DataFolder folder, int number) => Path.Combine(folder.Packs, number.ToString("D8", CultureInfo.InvariantCulture));

    private string PathOf(int number) => PathOf(folder, number);

    private SafeFileHandle Open()
    {
        lock (_lock)
            return _file ??= folder.OpenPack(PathOf(_number));
    }

    /// <summary>
    /// Where a file grows, or gets blocks, the file system has that to write too with the next sync, which takes twice as long. So a pack
    /// has zeros where the next contents go.
    /// </summary>
    private void MakeRoom()
    {
        Clear(Open(), _end, Room);
        _room = _end + Room;
    }

    private void CutOffRoom()
    {
        if (_room > _end)
            RandomAccess.SetLength(Open(), _end);
        _room = _end;
    }

    private static void Clear(SafeFileHandle file, long offset, long length)
    {
        for (var end = offset + length; offset < end; offset += Zeros.Length)
            RandomAccess.Write(file, Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, end - offset)), offset);
    }

    /// <summary>Only of the last one may something not be durable, and only behind its contents is room.</summary>
    private void BeginNext()
    {
        CutOffRoom();
        Sync();
        lock (_lock)
        {
            Dispose();
            (_number, _end, _kept, _durable, _room, _isNew) = (_number + 1, 0, 0, 0, 0, true);
        }
    }

    /// <summary>What is not known to be durable is in the system's memory, and perhaps nowhere else: after a sync that failed another writes nothing.</summary>
    private void WriteAgain()
    {
        if (_durable == _kept)
            return;
        var bytes = Read(folder, new PackPlace(_number, _durable), _kept - _durable);
        RandomAccess.Write(Open(), bytes, _durable);
        folder.Sync(Open());
        FileSystem.SyncFolder(folder.Packs);
        _durable = _kept;
    }

    private void CutOff(ContentPackRow pack)
    {
        var file = new FileInfo(PathOf(pack.Number));
        if (!file.Exists || file.Length < pack.Length)
            throw new StorageUnavailableException($"The file {file.FullName} is missing, or is shorter than the {pack.Length} bytes that the database knows: contents of messages are lost. Bring the data folder back from a backup.");
        if (file.Length == pack.Length)
            return;
        using var longer = file.OpenWrite();
        longer.SetLength(pack.Length);
        longer.Flush(flushToDisk: true);
    }
}

/// <summary>A content that is to be in a pack.</summary>
internal sealed record PackedContent(ContentReference Reference, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Where it is, once it has been appended.</summary>
    public PackPlace Place { get; set; }

    /// <summary>Whether the database refers to it. It does not where the write was undone, and where the same content was there before.</summary>
    public bool IsTaken { get; set; }

    /// <summary>The SHA-256 only: the bytes are personal data.</summary>
    public override string ToString() => $"{nameof(PackedContent)} {Reference.Sha256}";
}

/// <summary>Where a content is.</summary>
/// <param name="Number">The pack's number, from 1, which is its name.</param>
/// <param name="Offset">The content's first byte in it, from 0.</param>
internal readonly record struct PackPlace(int Number, long Offset);

/// <summary>A pack, and how much of it counts.</summary>
internal sealed class ContentPackRow
{
    public const string Table = "ContentPacks";

    public required int Number { get; init; }

    /// <summary>In bytes. What lies behind it belongs to no message.</summary>
    public required long Length { get; init; }

    /// <summary>
    /// How many of these bytes were durable before the commit that says so: those behind it became durable beside it, or, where the power
    /// was cut, did not.
    /// </summary>
    public long Durable { get; init; }

    /// <summary>How many of these bytes belong to no message any more, and are overwritten. When all are, the pack goes.</summary>
    public long Erased { get; init; }
}
