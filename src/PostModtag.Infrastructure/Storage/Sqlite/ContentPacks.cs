using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Win32.SafeHandles;

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

    private const string KeepLength = $"""INSERT INTO "{ContentPackRow.Table}" ("Number", "Length") VALUES ($p0, $p1) ON CONFLICT ("Number") DO UPDATE SET "Length" = excluded."Length" """;

    private SafeFileHandle? _file;
    private int _number;
    private long _end;
    private long _kept;
    private bool _isNew;

    /// <summary>Where the next content goes. Set back, what was written behind it is given up.</summary>
    public PackPlace Next
    {
        get => new(_number, _end);
        set => _end = value.Offset;
    }

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
    }

    /// <summary>Begins a group of writes.</summary>
    public void Begin()
    {
        if (_number > 0 && _kept < FullPack)
            return;
        _file?.Dispose();
        _file = null;
        (_number, _end, _kept) = (_number + 1, 0, 0);
    }

    /// <summary>Writes a content at <see cref="Next"/>. It is not durable yet.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_file is null)
        {
            _isNew = !File.Exists(PathOf(_number));
            _file = folder.OpenPack(PathOf(_number));
        }

        RandomAccess.Write(_file, bytes, _end);
        _end += bytes.Length;
    }

    /// <summary>Makes what the group has written durable, and says so to the database, in the group's transaction.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Keep(SqliteStatements statements)
    {
        if (_end == _kept)
            return;
        RandomAccess.FlushToDisk(_file!);
        if (_isNew)
            FileSystem.SyncFolder(folder.Packs);
        _isNew = false;
        statements.Execute(KeepLength, _number, _end);
    }

    /// <summary>The group is committed.</summary>
    public void Kept() => _kept = _end;

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

    /// <inheritdoc />
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private static string PathOf(DataFolder folder, int number) => Path.Combine(folder.Packs, number.ToString("D8", CultureInfo.InvariantCulture));

    private string PathOf(int number) => PathOf(folder, number);

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
}
