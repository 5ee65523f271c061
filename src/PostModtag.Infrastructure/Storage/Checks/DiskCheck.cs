using System.Globalization;
using PostModtag.Application.Operation;

namespace PostModtag.Infrastructure.Storage.Checks;

/// <summary>Looks at the data folder: whether it takes a file durably, and how much room is left.</summary>
internal sealed class DiskCheck(DataFolder folder) : IStartCheck
{
    private const long Little = 1_000_000_000;
    private const long Nothing = 1_000_000;

    /// <inheritdoc />
    public string Subject => "disk";

    /// <inheritdoc />
    public async Task<IReadOnlyList<StartFinding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            DataFolder.Create(folder.Path);
            DataFolder.Create(folder.Incoming);
            await folder.TryFileAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [new StartFinding(StartFindingLevel.Fatal, $"The data folder {folder.Path} takes no file: {exception.Message} Give the server's user write access, or make room.")];
        }

        var free = new DriveInfo(folder.Path).AvailableFreeSpace;
        var room = string.Create(CultureInfo.InvariantCulture, $"{free / 1_000_000_000.0:0.0} GB");
        return free switch
        {
            < Nothing => [new StartFinding(StartFindingLevel.Fatal, $"The disk of the data folder {folder.Path} is full. Make room.")],
            < Little => [new StartFinding(StartFindingLevel.Warning, $"The disk of the data folder {folder.Path} has {room} left. Make room: when it is full, messages are answered 503.")],
            _ => [new StartFinding(StartFindingLevel.Ok, $"{folder.Path} takes files, and has {room} left")],
        };
    }
}
