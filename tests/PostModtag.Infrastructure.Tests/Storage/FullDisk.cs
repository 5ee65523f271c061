using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;
using PostModtag.Application;
using PostModtag.Infrastructure.Storage;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>A data folder whose disk is full: a file can be made, and nothing written to it. Linux has such a device.</summary>
internal sealed class FullDisk(IOptions<PostModtagOptions> options) : DataFolder(options)
{
    /// <summary>Whether packs, too, take nothing.</summary>
    public bool IsFullForPacks { get; set; }

    public override SafeFileHandle OpenPack(string path) => IsFullForPacks ? File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite) : base.OpenPack(path);

    public override FileStream CreateFile(string path)
    {
        File.WriteAllText(path, "");
        return new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 65_536);
    }
}
