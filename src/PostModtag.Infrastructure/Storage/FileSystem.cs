using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PostModtag.Infrastructure.Storage;

/// <summary>What .NET lacks of the file system.</summary>
internal static partial class FileSystem
{
    /// <summary>
    /// Makes the names in a folder durable: on Unix a file's own fsync does not promise that its name survives a power
    /// cut. Windows has no such call and needs none.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(folder, 0);
        if (handle < 0)
            throw new IOException($"The folder {folder} cannot be opened (errno {Marshal.GetLastPInvokeError()}).");
        var result = Fsync(handle);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (result != 0)
            throw new IOException($"The folder {folder} cannot be synced (errno {error}).");
    }

    /// <summary>Makes what was written to a file durable. On Linux the times of the file, which nobody asks for, are not waited for.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void SyncData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (Fdatasync(file) != 0)
            throw new IOException($"A file cannot be synced (errno {Marshal.GetLastPInvokeError()}).");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Fdatasync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
