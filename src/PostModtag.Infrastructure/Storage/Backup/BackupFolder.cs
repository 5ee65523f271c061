using PostModtag.Application.Operation;

namespace PostModtag.Infrastructure.Storage.Backup;

/// <summary>The folder that a backup is made in.</summary>
internal static class BackupFolder
{
    /// <summary>Makes it, for this process's user only.</summary>
    /// <exception cref="OperationRefusedException">There is something in it, or it cannot be made.</exception>
    public static string Create(string folder)
    {
        var path = Path.GetFullPath(folder);
        try
        {
            if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
                throw new OperationRefusedException($"The folder {path} is not empty. Name one that is not there yet: each backup has a folder of its own.");
            DataFolder.Create(path);
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperationRefusedException($"The folder {path} cannot be written: {exception.Message}", exception);
        }
    }
}
