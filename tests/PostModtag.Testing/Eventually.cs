using System.Diagnostics;

namespace PostModtag.Testing;

/// <summary>Waits for what others do in their own time. What never comes fails the test instead of holding all tests up.</summary>
public static class Eventually
{
    /// <summary>Longer than anything takes that is worth waiting for, on a machine that does much else.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns when it is so.</summary>
    /// <param name="isSo">Asked again and again.</param>
    /// <param name="orElse">What is said beside, should it never be so.</param>
    /// <exception cref="TimeoutException">It was not so in two minutes.</exception>
    public static async Task BeSoAsync(Func<Task<bool>> isSo, Func<string>? orElse = null)
    {
        for (var begun = Stopwatch.GetTimestamp(); !await isSo(); await Task.Delay(Pause))
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
                throw new TimeoutException($"It never came to that. {orElse?.Invoke()}");
        }
    }

    /// <inheritdoc cref="BeSoAsync(Func{Task{bool}}, Func{string})" />
    public static Task BeSoAsync(Func<bool> isSo, Func<string>? orElse = null) => BeSoAsync(() => Task.FromResult(isSo()), orElse);
}
