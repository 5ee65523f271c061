using System.Runtime.Versioning;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;
using PostModtag.Application;

namespace PostModtag.Infrastructure.Storage;

/// <summary>
/// The folder that holds everything the server keeps. It is made when missing, readable by the server's own user only
/// also when it was there before, and held by one server at a time.
/// </summary>
internal class DataFolder(IOptions<PostModtagOptions> options) : IDisposable
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    private FileStream? _lock;

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(options.Value.DataFolder);

    /// <summary>The SQLite database.</summary>
    public string Database => System.IO.Path.Combine(Path, "postmodtag.db");

    /// <summary>SQLite's write-ahead log, which is there while the database is open.</summary>
    public string DatabaseLog => Database + "-wal";

    /// <summary>Large contents, each in a file named by its SHA-256.</summary>
    public string Contents => System.IO.Path.Combine(Path, "contents");

    /// <summary>Small contents, many in a file.</summary>
    public string Packs => System.IO.Path.Combine(Path, "packs");

    /// <summary>Large contents on their way in.</summary>
    public string Incoming => System.IO.Path.Combine(Path, "incoming");

    /// <summary>Is there when all else in the folder was moved to another database, and says so.</summary>
    public string Moved => System.IO.Path.Combine(Path, "moved");

    /// <summary>The keys that secrets are encrypted with.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>Makes the folders, and holds them for this process until it ends.</summary>
    /// <exception cref="StorageUnavailableException">Another server holds the folder, or it cannot be written.</exception>
    public void Open()
    {
        try
        {
            foreach (var folder in new[] { Path, Incoming })
                Create(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotBeWritten(exception);
        }

        try
        {
            _lock = OpenOwn(System.IO.Path.Combine(Path, "lock"), FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw CannotBeWritten(exception);
        }
        catch (IOException exception)
        {
            throw new StorageUnavailableException($"Another PostModtag server uses the data folder {Path}. Stop it, or set PostModtag:DataFolder to another folder.", exception);
        }
    }

    /// <summary>Makes SQLite's database file, for this process's user only.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be written.</exception>
    public void OpenDatabase()
    {
        try
        {
            OpenFolders();

            // SQLite gives the files beside the database the database's own mode.
            OpenOwn(Database, FileShare.ReadWrite).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotBeWritten(exception);
        }
    }

    /// <summary>Makes the folders of what lies beside the database, for this process's user only.</summary>
    public void OpenFolders()
    {
        foreach (var folder in new[] { Contents, Packs, Keys })
            Create(folder);
    }

    /// <summary>
    /// Holds the contents for this process: no other overwrites or copies them meanwhile. Null when another has them; they are free again when
    /// what it returns is disposed, or the process ends.
    /// </summary>
    public IDisposable? TryTakeContents()
    {
        try
        {
            return OpenOwn(System.IO.Path.Combine(Path, "erase.lock"), FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Writes a small file durably, and deletes it.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public async Task TryFileAsync(CancellationToken cancellationToken)
    {
        var probe = UnfinishedName();
        try
        {
            await using var file = CreateFile(probe);
            await file.WriteAsync(new byte[512], cancellationToken);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(probe);
        }
    }

    /// <summary>A name for a file on its way in that is not whole; a start drops it.</summary>
    public string UnfinishedName() => System.IO.Path.Combine(Incoming, Guid.NewGuid().ToString("N") + ".part");

    /// <summary>
    /// Makes a file for writing, which must not be there. What is written goes to the system's memory, which no thread waits for; writing
    /// asynchronously would hand each piece to another thread.
    /// </summary>
    public virtual FileStream CreateFile(string path) => new(path, Own(new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        BufferSize = 65_536,
    }));

    /// <summary>Opens a pack for writing, and makes it where it is not there. Others read it meanwhile.</summary>
    public virtual SafeFileHandle OpenPack(string path)
    {
        using var made = OpenOwn(path, FileShare.ReadWrite);
        return File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Opens SQLite's write-ahead log to make it durable. SQLite's own locks are on other files, and closing this one lets go of none.</summary>
    public SafeFileHandle OpenDatabaseLog() => File.OpenHandle(DatabaseLog, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Makes what was written to one of the files durable.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public virtual void Sync(SafeFileHandle file) => FileSystem.SyncData(file);

    /// <inheritdoc />
    public void Dispose()
    {
        _lock?.Dispose();
        GC.SuppressFinalize(this);
    }

    // A folder, or a database, that was there before may be open to others: made by hand, or brought back from a backup.
    internal static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Restrict(Directory.CreateDirectory(folder, OwnFolder).FullName, OwnFolder);
    }

    private static FileStream OpenOwn(string file, FileShare share)
    {
        var stream = new FileStream(file, Own(new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share }));
        if (!OperatingSystem.IsWindows())
            Restrict(file, OwnFile);
        return stream;
    }

    private static FileStreamOptions Own(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnFile;
        return options;
    }

    [UnsupportedOSPlatform("windows")]
    private static void Restrict(string path, UnixFileMode mode)
    {
        if ((File.GetUnixFileMode(path) & ~mode) == 0)
            return;
        try
        {
            File.SetUnixFileMode(path, mode);
        }
        catch (UnauthorizedAccessException)
        {
            // A volume may belong to another user. What the server itself makes in it is still for its own user only.
        }
    }

    private StorageUnavailableException CannotBeWritten(Exception exception) => new(
        $"The data folder {Path} cannot be written: {exception.Message} Give the server's user write access, or set PostModtag:DataFolder to another folder.", exception);
}

/// <summary>The server cannot start with the storage it was given; the message says why and what to do.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
