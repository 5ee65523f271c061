using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;
using PostModtag.Application;
using PostModtag.Infrastructure.Storage;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>A data folder whose disk takes nothing while it is held: what is written stays in the system's memory. Or it takes nothing for good.</summary>
internal sealed class HeldDisk(IOptions<PostModtagOptions> options) : DataFolder(options)
{
    private volatile TaskCompletionSource? _held;

    private int _underWay;

    /// <summary>How many syncs are under way.</summary>
    public int UnderWay => _underWay;

    /// <summary>Whether each sync fails.</summary>
    public bool IsBroken { get; set; }

    public void Hold() => _held = new();

    public void LetGo()
    {
        var held = _held;
        _held = null;
        held?.SetResult();
    }

    public override void Sync(SafeFileHandle file)
    {
        Interlocked.Increment(ref _underWay);
        _held?.Task.Wait();
        Interlocked.Decrement(ref _underWay);
        if (IsBroken)
            throw new IOException("The disk takes nothing.");
        base.Sync(file);
    }
}
