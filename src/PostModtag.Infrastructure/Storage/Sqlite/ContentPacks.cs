using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Win32.SafeHandles;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>
/// Small contents, one after the other in files: each is written once, where SQLite would write it twice, and one sync makes those
/// of a whole group of messages durable. What of a file counts, the database says: its length there is a part of each commit.
/// For the one writer of the database.
/// </summary>
internal sealed class ContentPacks(DataFolder folder) : IDisposable
{
    /// <summary>A pack with so many bytes is full.</summary>
    private const long FullPack = 256_000_000;

    private const string KeepLength = $"""INSERT INTO "{ContentPackRow.Table}" ("Number", "Length", "Erased") VALUES ($p0, $p1, $p2) ON CONFLICT ("Number") DO UPDATE SET "Length" = excluded."Length", "Erased" = "Erased" + excluded."Erased" """;

    private SafeFileHandle? _file;
    private int _number;
    private long _end;
    private long _kept;
    private long _givenUp;
    private bool _isNew;
    private bool _isDurable;

    /// <summary>Begins where the database says that the last pack ends. What a crash, or a commit that failed, left behind that is dropped.</summary>
    /// <exception cref="StorageUnavailableException">A pack is not there, or is shorter than the database says.</exception>
    public async Task OpenAsync(SqliteDbContext database, CancellationToken cancellationToken)
    {
        Dispose();
        var packs = await database.Packs.AsNoTracking().ToDictionaryAsync(pack => pack.Number, pack => pack.Length, cancellationToken);
        foreach (var path in Directory.EnumerateFiles(folder.Packs).ToList())
        {
            if (!int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !packs.ContainsKey(number))
                File.Delete(path);
        }

        foreach (var (number, length) in packs)
            CutOff(number, length);
        _number = packs.Keys.DefaultIfEmpty().Max();
        _end = _kept = packs.GetValueOrDefault(_number);
        _givenUp = 0;
    }

    /// <summary>Writes a group's contents, each with its place, and begins to make them durable.</summary>
    /// <returns>Ends when they are.</returns>
    /// <exception cref="IOException">The disk does not take them.</exception>
    public Task AppendAsync(IEnumerable<PackedContent> contents)
    {
        var isFull = _number == 0 || _kept >= FullPack;
        foreach (var content in contents)
        {
            if (isFull)
                BeginNext();
            isFull = false;
            content.Place = new PackPlace(_number, _end);
            RandomAccess.Write(_file ??= folder.OpenPack(PathOf(_number)), content.Bytes.Span, _end);
            _end += content.Bytes.Length;
        }

        return _end == _kept ? Task.CompletedTask : Task.Run(Sync);
    }

    /// <summary>Overwrites a content that was appended and is not to be kept after all.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void GiveUp(PackedContent content)
    {
        RandomAccess.Write(_file!, new byte[content.Bytes.Length], content.Place.Offset);
        _givenUp += content.Bytes.Length;
        _isDurable = false;
    }

    /// <summary>Says to the database, in the group's transaction, how much of the pack counts.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Keep(SqliteStatements statements)
    {
        if (_end == _kept)
            return;
        if (!_isDurable)
            Sync();
        statements.Execute(KeepLength, _number, _end, _givenUp);
    }

    /// <summary>The group is committed.</summary>
    public void Kept() => (_kept, _givenUp) = (_end, 0);

    /// <summary>Nothing of the group is kept.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Return()
    {
        if (_end == _kept)
            return;
        (_end, _givenUp) = (_kept, 0);
        RandomAccess.SetLength(_file!, _end);
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
            RandomAccess.Write(file, new byte[length], offset);
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

    private void BeginNext()
    {
        _file?.Dispose();
        _file = null;
        (_number, _end, _kept, _isNew) = (_number + 1, 0, 0, true);
    }

    private void Sync()
    {
        RandomAccess.FlushToDisk(_file!);
        if (_isNew)
            FileSystem.SyncFolder(folder.Packs);
        (_isNew, _isDurable) = (false, true);
    }

    private void CutOff(int number, long length)
    {
        var file = new FileInfo(PathOf(number));
        if (!file.Exists || file.Length < length)
            throw new StorageUnavailableException($"The file {file.FullName} is missing, or is shorter than the {length} bytes that the database knows: contents of messages are lost. Bring the data folder back from a backup.");
        if (file.Length == length)
            return;
        using var longer = file.OpenWrite();
        longer.SetLength(length);
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

    /// <summary>How many of these bytes belong to no message any more, and are overwritten. When all are, the pack goes.</summary>
    public long Erased { get; init; }
}
