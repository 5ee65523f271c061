using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace PostModtag.Web.Messages;

/// <summary>
/// A search as an address that can be gone back to. What may be personal, a sender or a title, is encrypted in it: addresses are kept in
/// browsers' histories and in the logs of what stands between.
/// </summary>
public sealed class SearchLinks(IDataProtectionProvider protection)
{
    private const string Personal = "p";

    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("PostModtag.Web.Search").ToTimeLimitedDataProtector();

    /// <summary>The address of a page of what a search finds.</summary>
    public string Of(Search search, string? cursor = null)
    {
        var query = new Dictionary<string, string?>
        {
            ["modtager"] = search.Recipient,
            ["kontaktpunkt"] = search.ContactPoint,
            ["kle"] = search.Kle,
            ["tilstand"] = search.State,
            ["fagsystem"] = search.Fagsystem,
            ["fra"] = search.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["til"] = search.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["side"] = cursor,
            [Personal] = Protect(search),
        };
        return QueryHelpers.AddQueryString("/meddelelser", query.Where(pair => pair.Value is { Length: > 0 }));
    }

    /// <summary>Puts what was encrypted back into a search; leaves it as it is when that is too old, or none.</summary>
    public Search Read(Search search, string? personal)
    {
        if (string.IsNullOrEmpty(personal))
            return search;
        try
        {
            var parts = _protector.Unprotect(personal).Split('\n');
            return parts is [var sender, var label, var caseId] ? search with { Sender = sender, Label = label, Case = caseId } : search;
        }
        catch (CryptographicException)
        {
            return search;
        }
    }

    private string? Protect(Search search)
    {
        string[] parts = [search.Sender ?? "", search.Label ?? "", search.Case ?? ""];
        return parts.All(part => part.Length == 0) ? null : _protector.Protect(string.Join('\n', parts.Select(part => part.ReplaceLineEndings(" "))), Lasts);
    }
}

/// <summary>What a person looks for among the messages.</summary>
public sealed record Search
{
    /// <summary>The sender's id.</summary>
    public string? Sender { get; init; }

    /// <summary>The recipient's id.</summary>
    public string? Recipient { get; init; }

    /// <summary>The contact point's id.</summary>
    public string? ContactPoint { get; init; }

    /// <summary>A KLE subject.</summary>
    public string? Kle { get; init; }

    /// <summary>The case's id.</summary>
    public string? Case { get; init; }

    /// <summary>The beginning of the title.</summary>
    public string? Label { get; init; }

    /// <summary>A state or a concern, by its name.</summary>
    public string? State { get; init; }

    /// <summary>The fagsystem's key.</summary>
    public string? Fagsystem { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The type only: what is looked for is personal.</summary>
    public override string ToString() => nameof(Search);
}
