using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FluentValidation;
using PostModtag.Application.Access;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.Retention;

namespace PostModtag.Application;

/// <summary>Says of each setting what is wrong with it, and what it may be.</summary>
internal sealed class PostModtagOptionsValidator : AbstractValidator<PostModtagOptions>
{
    /// <summary>The rules.</summary>
    public PostModtagOptionsValidator()
    {
        Include(new AccessOptionsValidator());
        RuleFor(options => options.DataFolder).NotEmpty().WithMessage("PostModtag:DataFolder is empty; name a folder, such as data.");
        RuleFor(options => options.MaxMessageBytes).InclusiveBetween(1_000, 1_000_000_000)
            .WithMessage("PostModtag:MaxMessageBytes must be a number of bytes from 1000 to 1000000000, such as 99500000.");
        RuleForEach(options => options.ServedAuthorities).Matches("^[0-9]{8}$")
            .WithMessage("PostModtag:ServedAuthorities:{CollectionIndex} must be a CVR number of 8 digits.");
        RuleFor(options => options.AllowedFileTypes).Must(types => types is not { Count: 0 })
            .WithMessage("PostModtag:AllowedFileTypes is an empty list; name the types, or leave it out for the default.");
        RuleForEach(options => options.AllowedFileTypes).Matches(@"^[^\s/*]+/[^\s/*]*\*?$")
            .WithMessage("PostModtag:AllowedFileTypes:{CollectionIndex} must be a MIME type such as application/pdf or image/*.");
        RuleFor(options => options.DeliveryTimeout).InclusiveBetween(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1))
            .WithMessage("PostModtag:DeliveryTimeout must be a time from 00:00:00.1 to 01:00:00, such as 00:00:30.");
        RuleFor(options => options.RetryAfter).InclusiveBetween(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1))
            .WithMessage("PostModtag:RetryAfter must be a time from 00:00:01 to 1.00:00:00, such as 00:01:00.");
        RuleFor(options => options.HoldFirstDelay).InclusiveBetween(TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1))
            .WithMessage("PostModtag:HoldFirstDelay must be a time from 00:00:00.1 to 1.00:00:00, such as 00:00:30.");
        RuleFor(options => options.HoldMaxDelay).InclusiveBetween(TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(7))
            .WithMessage("PostModtag:HoldMaxDelay must be a time from 00:00:00.1 to 7.00:00:00, such as 01:00:00.");
        RuleFor(options => options.HoldMaxDelay).GreaterThanOrEqualTo(options => options.HoldFirstDelay)
            .WithMessage("PostModtag:HoldMaxDelay must not be shorter than PostModtag:HoldFirstDelay.");
        RuleFor(options => options.HoldFor).InclusiveBetween(TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(60))
            .WithMessage("PostModtag:HoldFor must be a time from 00:00:00.1 to 60.00:00:00, such as 3.00:00:00.");
        RuleFor(options => options.InlineContentBytes).InclusiveBetween(0, 16_777_216)
            .WithMessage("PostModtag:InlineContentBytes must be a number of bytes from 0 to 16777216, such as 131072.");
        RuleFor(options => options.DigitalPost.Url).Must(IsSecure).When(options => options.DigitalPost.Relay || options.DigitalPost.Url is not null)
            .WithMessage("PostModtag:DigitalPost:Url must be the address of Digital Post's API with https, such as https://api.digitalpost.example/apis/v1/; http only on this machine.");
        RuleFor(options => options.DigitalPost.Pull).Must((options, pull) => !pull || options.DigitalPost.Relay)
            .WithMessage("PostModtag:DigitalPost:Pull needs PostModtag:DigitalPost:Relay=true: what is fetched is deleted at Digital Post once its receipt is told.");
        RuleFor(options => options.DigitalPost.PullInterval).InclusiveBetween(TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1))
            .WithMessage("PostModtag:DigitalPost:PullInterval must be a time from 00:00:00.1 to 1.00:00:00, such as 00:00:10.");
        RuleFor(options => options.DigitalPost.CertificateFile).Must((options, file) => file is null || IsCertificate(file, options.DigitalPost.CertificatePassword))
            .WithMessage("PostModtag:DigitalPost:CertificateFile names no PKCS#12 file that opens with PostModtag:DigitalPost:CertificatePassword.");
        RuleFor(options => options.DigitalPost.TrustedCertificatesFile).Must(file => file is null || (File.Exists(file) && TrustedCertificates.AreReadable(File.ReadAllText(file))))
            .WithMessage("PostModtag:DigitalPost:TrustedCertificatesFile names no file of certificates as PEM (-----BEGIN CERTIFICATE-----).");
        RuleFor(options => options.DigitalPost.Timeout).InclusiveBetween(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10))
            .WithMessage("PostModtag:DigitalPost:Timeout must be a time from 00:00:00.1 to 00:10:00, such as 00:00:30.");
        RuleFor(options => options.Retention).Custom((retention, context) =>
        {
            foreach (var (setting, text) in RetentionPlan.FaultsOf(retention))
                context.AddFailure($"PostModtag:{setting} {text}.");
        });
        RuleFor(options => options.PostgreSql).Must(text => text is null || !string.IsNullOrWhiteSpace(text))
            .WithMessage("PostModtag:PostgreSql is empty; give a connection string, or leave it out for SQLite in the data folder.");
        RuleFor(options => options.MasterKeyFile).Must((options, file) => file is null || options.PostgreSql is not null)
            .WithMessage("PostModtag:MasterKeyFile is for keys in PostgreSQL; with SQLite leave it out, and let nobody else read the data folder.");
        RuleFor(options => options.Retention).Must((options, retention) => !retention.RewriteTables || options.PostgreSql is not null)
            .WithMessage("PostModtag:Retention:RewriteTables is for PostgreSQL; with SQLite leave it out: what is deleted there is overwritten.");
    }

    private static bool IsCertificate(string file, string? password)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsSecure(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
