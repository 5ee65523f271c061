using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Access;

namespace PostModtag.Api.Access;

/// <summary>
/// Looks every other second whether the files with certificates have changed, and has them read again. It looks at their bytes: a link that
/// leads elsewhere than before, as containers have them, changes no file. What cannot be used changes nothing.
/// </summary>
internal sealed partial class CertificateFiles(IOptions<PostModtagOptions> options, ServerCertificate server, ClientCertificates clients, ILogger<CertificateFiles> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tls = options.Value.Tls;
        Watched[] files =
        [
            new("PostModtag:Tls:CertificateFile", [tls.CertificateFile, tls.KeyFile], server.Reload),
            new("PostModtag:Tls:TrustedCertificatesFile", [tls.TrustedCertificatesFile], clients.Reload),
        ];
        if (Array.TrueForAll(files, file => file.IsNone))
            return;
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var file in files)
                Look(file);
        }
    }

    private void Look(Watched file)
    {
        try
        {
            if (file.ReadWhenChanged())
                Reloaded(log, file.Setting);
        }
        catch (Exception exception) when (ServerCertificateFile.IsUnreadable(exception))
        {
            // Perhaps it is just being written: then it changes again.
            NotReloaded(log, file.Setting, exception.GetType().Name);
        }
    }

    [LoggerMessage(303, LogLevel.Information, "{Setting} has changed, and counts from the next connection on")]
    private static partial void Reloaded(ILogger log, string setting);

    [LoggerMessage(304, LogLevel.Error, "{Setting} has changed and cannot be used ({Exception}); the one before stays")]
    private static partial void NotReloaded(ILogger log, string setting, string exception);

    private sealed class Watched
    {
        private readonly string[] _paths;
        private readonly Action _reload;
        private Sha256Value _seen;

        public Watched(string setting, IEnumerable<string?> paths, Action reload)
        {
            (Setting, _paths, _reload) = (setting, [.. paths.OfType<string>()], reload);
            try
            {
                _seen = Stamp();
            }
            catch (Exception exception) when (ServerCertificateFile.IsUnreadable(exception))
            {
                // It was read a moment ago; whatever it is now counts as a change.
            }
        }

        public string Setting { get; }

        public bool IsNone => _paths.Length == 0;

        public bool ReadWhenChanged()
        {
            var stamp = Stamp();
            if (stamp == _seen)
                return false;
            _seen = stamp;
            _reload();
            return true;
        }

        private Sha256Value Stamp() => Sha256Value.Of([.. _paths.Where(File.Exists).SelectMany(File.ReadAllBytes)]);
    }
}
