namespace PostModtag.Application.DigitalPost;

/// <summary>The settings under <c>PostModtag:DigitalPost</c>: how Digital Post's REST API is called, and what for.</summary>
public sealed class DigitalPostOptions
{
    /// <summary>The API's address, such as <c>https://api.digitalpost.example/apis/v1/</c>.</summary>
    public string? Url { get; set; }

    /// <summary>Whether final receipts are sent to Digital Post (<c>POST memos/{id}/receipt</c>), besides the answer that the sender gets. Default false.</summary>
    public bool Relay { get; set; }

    /// <summary>Whether messages are fetched from Digital Post (REST_PULL). It needs <see cref="Relay"/>, which tells the receipts. Default false.</summary>
    public bool Pull { get; set; }

    /// <summary>How often the list of messages is asked for. Default 10 seconds.</summary>
    public TimeSpan PullInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The Authorization header that names the calling system, such as <c>Basic ...</c>. Null for none.</summary>
    public string? Authorization { get; set; }

    /// <summary>A PKCS#12 file with the client certificate (OCES3) and its key. Null for none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The file's password. Null for none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>A PEM file with the certificates that Digital Post's own must be one of or come from. Null for those that the machine trusts.</summary>
    public string? TrustedCertificatesFile { get; set; }

    /// <summary>How long Digital Post may take to answer. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
