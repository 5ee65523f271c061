using PostModtag.Application.Storage;
using PostModtag.Infrastructure.Storage.Sqlite;

namespace PostModtag.Infrastructure.Storage;

/// <summary>
/// The contents of one message on their way in: small ones in memory, as far as the message's share of it goes, the
/// others in files under <c>incoming</c>.
/// </summary>
internal sealed class StagedContents(DataFolder folder, int inlineBytes) : IStagedContents
{
    /// <summary>The most bytes of a message's contents that are in memory, unless a single one may have more.</summary>
    public const int MostInMemory = 4_000_000;

    private readonly List<ContentWriter> _writers = [];
    private readonly MemoryShare _memory = new(Math.Max(MostInMemory, inlineBytes));

    /// <summary>The contents that are to be kept, each once.</summary>
    public IEnumerable<ContentWriter> ToKeep =>
        _writers.Where(writer => writer.Reference is not null).DistinctBy(writer => writer.Reference);

    /// <inheritdoc />
    public IContentWriter Add()
    {
        var writer = new ContentWriter(folder, inlineBytes, _memory);
        _writers.Add(writer);
        return writer;
    }

    /// <summary>Makes the large contents durable under names that tell their SHA-256, so that a crash from here on can be mended.</summary>
    public void Prepare()
    {
        var files = Files();
        files.ForEach(file => file.Prepare());
        if (files.Count > 0)
            FileSystem.SyncFolder(folder.Incoming);
    }

    /// <summary>Drops the files of contents that are kept already.</summary>
    public void DropFiles(IReadOnlyCollection<string> sha256)
    {
        foreach (var file in _writers.Where(writer => writer.IsFile && writer.Reference is { } content && sha256.Contains(content.Sha256)))
            file.Discard();
    }

    /// <summary>
    /// Moves the large contents to their place; the database refers to them now. All are let go of before the first is
    /// moved: should a move fail, every file stays where it can be found, and the next start moves it. The same content
    /// may be in its place already; it is replaced by itself.
    /// </summary>
    public void MoveToPlace()
    {
        foreach (var (file, sha256) in Files().Select(file => (file.LeaveToRecovery(), file.Reference!.Sha256)).ToList())
            ContentFiles.MoveToPlace(folder, file, sha256);
    }

    /// <summary>Leaves the large contents as they are for the next start: nobody knows now whether the database refers to them.</summary>
    public void LeaveToRecovery()
    {
        foreach (var file in Files())
            file.LeaveToRecovery();
    }

    /// <summary>Whether some are large.</summary>
    public bool HasFiles => ToKeep.Any(writer => writer.IsFile);

    private List<ContentWriter> Files() => [.. ToKeep.Where(writer => writer.IsFile)];

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _writers.ForEach(writer => writer.Dispose());
        return default;
    }
}

/// <summary>How much memory the contents of one message may still take.</summary>
internal sealed class MemoryShare(int bytes)
{
    private int _left = bytes;

    /// <summary>Takes of it; false, and nothing is taken, when there is not so much left.</summary>
    public bool TryTake(int count)
    {
        if (count > _left)
            return false;
        _left -= count;
        return true;
    }

    /// <summary>Gives back what was taken.</summary>
    public void Give(int count) => _left += count;
}
