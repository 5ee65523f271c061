using PostModtag.Application.Access;
using PostModtag.Application.DigitalPost;
using PostModtag.Application.Retention;

namespace PostModtag.Application;

/// <summary>
/// The settings under <c>PostModtag</c> in appsettings, or <c>PostModtag__Name</c> in the environment. They are checked
/// when the server starts; docs/operating.md lists them.
/// </summary>
public sealed class PostModtagOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "PostModtag";

    /// <summary>The folder for the database and the contents, made when it is missing. Relative to the working directory. Default <c>data</c>.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>The largest body that is taken, in bytes. Default 99,500,000 (Digital Post's 99.5 MB).</summary>
    public long MaxMessageBytes { get; set; } = 99_500_000;

    /// <summary>The CVR numbers of the authorities that messages are received for, 8 digits each. Empty (the default) means all.</summary>
    public IReadOnlyList<string> ServedAuthorities { get; set; } = [];

    /// <summary>
    /// The MIME types that a file may declare; a <c>*</c> at the end stands for any ending. Null (the default) means
    /// <see cref="ReceiveMessage.FileTypes.Default"/>.
    /// </summary>
    public IReadOnlyList<string>? AllowedFileTypes { get; set; }

    /// <summary>How long a sender waits for the fagsystem's answer before it is told to send again. Default 30 seconds.</summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What Retry-After says on 503. Default 60 seconds.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a held message waits before its fagsystem is asked the second time; doubled each time after. Default 30 seconds.</summary>
    public TimeSpan HoldFirstDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a held message waits between two times. Default 1 hour.</summary>
    public TimeSpan HoldMaxDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a held message's fagsystem is asked again before a person must decide. Default 3 days.</summary>
    public TimeSpan HoldFor { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Contents up to this many bytes are kept many in a file, on PostgreSQL in a row, larger ones by themselves. Default 131,072.</summary>
    public int InlineContentBytes { get; set; } = 131_072;

    /// <summary>How Digital Post's REST API is called, and what for.</summary>
    public DigitalPostOptions DigitalPost { get; set; } = new();

    /// <summary>
    /// The connection string of a PostgreSQL database, such as <c>Host=db.example;Database=postmodtag;Username=postmodtag;Password=...</c>,
    /// which several nodes may share. Null (the default) means SQLite in the data folder.
    /// </summary>
    public string? PostgreSql { get; set; }

    /// <summary>
    /// A file with 32 random bytes in base64, the same on all nodes. It encrypts the keys that secrets are encrypted with, which
    /// with <see cref="PostgreSql"/> lie in the database. Null (the default) leaves them there as they are.
    /// </summary>
    public string? MasterKeyFile { get; set; }

    /// <summary>Who may deliver messages at EP_FS1.</summary>
    public IReadOnlyList<CallerOptions> Callers { get; set; } = [];

    /// <summary>The programs that may call the administration.</summary>
    public IReadOnlyList<ApiKeyOptions> ApiKeys { get; set; } = [];

    /// <summary>Whose tokens let people into the administration.</summary>
    public OidcOptions Oidc { get; set; } = new();

    /// <summary>The server's own certificate, and whose certificates callers may come with.</summary>
    public TlsOptions Tls { get; set; } = new();

    /// <summary>
    /// The addresses of the reverse proxies before the server, such as <c>10.0.0.4</c> or <c>10.0.0.0/24</c>: only from them a certificate
    /// is taken that stands in a header.
    /// </summary>
    public IReadOnlyList<string> Proxies { get; set; } = [];

    /// <summary>The header in which they say the caller's certificate. Default <c>X-Client-Cert</c>.</summary>
    public string ProxyCertificateHeader { get; set; } = "X-Client-Cert";

    /// <summary>What holds of every call, before anybody is asked who it is.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>How long messages are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>
    /// Whether callers must say who they are. Only where nobody is named who may come in, none need to, and then the server is for its
    /// own machine only.
    /// </summary>
    public bool IsSignInOn => Callers.Count > 0 || ApiKeys.Count > 0 || Oidc.Authority is not null;
}
