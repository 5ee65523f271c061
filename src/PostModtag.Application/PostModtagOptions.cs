using PostModtag.Application.DigitalPost;

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
}
