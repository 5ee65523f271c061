using PostModtag.Application.Access;
using PostModtag.Application.Certificates;
using PostModtag.Application.Deliveries;
using PostModtag.Application.FindMessages;
using PostModtag.Application.FindOutboxEntries;
using PostModtag.Application.GetCertificates;
using PostModtag.Application.Guard;
using PostModtag.Application.Outbox;
using PostModtag.Application.Paging;
using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Outbox;
using PostModtag.Web.Language;
using PostModtag.Web.Messages;

namespace PostModtag.Web.Start;

/// <summary>What needs a person now, the most pressing first, each with its next step.</summary>
public sealed class Attention(UseCases use, Texts texts, Written written, SearchLinks links)
{
    private const int Most = 100;

    /// <summary>Finds it.</summary>
    public async Task<IReadOnlyList<AttentionItem>> FindAsync(CountdownList countdowns, IReadOnlyList<FagsystemHealth> health) =>
    [
        .. countdowns.Countdowns.Where(countdown => countdown.IsQuiet && countdown.Authority is not null)
            .Select(countdown => new AttentionItem("bad", texts.With("Attention.Quiet", countdown.Authority!), texts.Of(countdown.Text), texts["Attention.Quiet.Next"], links.Of(new Search { Recipient = countdown.Authority }))),
        .. await MessagesAsync(DeliveryConcern.Person, "bad"),
        .. await MessagesAsync(DeliveryConcern.GivenUp, "bad"),
        .. await MessagesAsync(DeliveryConcern.Configuration, "wait"),
        .. health.SelectMany(OfFagsystem),
        .. await OutboxAsync(OutboxState.Refused),
        .. await OutboxAsync(OutboxState.GivenUp),
        .. await CertificatesAsync(),
    ];

    private async Task<IEnumerable<AttentionItem>> MessagesAsync(DeliveryConcern concern, string kind)
    {
        if (!use.May(Permissions.ReadMessages))
            return [];
        var found = (PageResult<ListedMessage>.Page)await use.SendAsync(Permissions.ReadMessages, new FindMessagesQuery { Filter = new MessageFilter { Concern = concern }, PageSize = Most });
        return found.Items.Count == 0 ? [] :
            [new AttentionItem(kind, Count($"Attention.{concern}", found.Items.Count, found.NextCursor), texts[$"Attention.{concern}.Why"], texts[$"Attention.{concern}.Next"], links.Of(new Search { State = concern.ToString() }))];
    }

    private async Task<IEnumerable<AttentionItem>> OutboxAsync(OutboxState state)
    {
        var found = (PageResult<OutboxEntry>.Page)await use.SendAsync(Permissions.ReadOperation, new FindOutboxEntriesQuery { Filter = new OutboxFilter(State: state), PageSize = Most });
        return found.Items.Count == 0 ? [] :
            [new AttentionItem("wait", Count($"Attention.Outbox.{state}", found.Items.Count, found.NextCursor), texts["Attention.Outbox.Why"], texts["Attention.Outbox.Next"], $"/udbakke?tilstand={state}")];
    }

    private IEnumerable<AttentionItem> OfFagsystem(FagsystemHealth health)
    {
        var (fagsystem, path) = (health.Fagsystem, $"/systemer/{health.Fagsystem.Key}");
        if (health.Connection?.CredentialLost == true)
            yield return new AttentionItem("bad", texts.With("Attention.CredentialLost", fagsystem.Name), texts["Attention.CredentialLost.Why"], texts["Attention.Fagsystem.Next"], path);
        if (health.Connection?.Status.State == ConnectionState.Broken)
            yield return new AttentionItem("wait", texts.With("Attention.Broken", fagsystem.Name), texts["Attention.Broken.Why"], texts["Attention.Fagsystem.Next"], path);
        if (fagsystem.State != FagsystemState.Active && health.Waiting > 0)
            yield return new AttentionItem("wait", texts.With("Attention.Paused", fagsystem.Name, written.Number(health.Waiting)), texts["Attention.Paused.Why"], texts["Attention.Fagsystem.Next"], path);
    }

    private async Task<IEnumerable<AttentionItem>> CertificatesAsync()
    {
        if (!use.MayForAll(Permissions.ReadOperation))
            return [];
        var certificates = await use.SendAsync(Permissions.ReadOperation, new GetCertificatesQuery());
        return certificates.Where(certificate => CertificateExpiry.DaysLeft(certificate.ExpiresAt, written.Now) is not null).Select(certificate => new AttentionItem(
            certificate.ExpiresAt <= written.Now ? "bad" : "wait", texts.With("Attention.Certificate", certificate.Whose, written.Moment(certificate.ExpiresAt)), texts["Attention.Certificate.Why"],
            certificate.Whose.StartsWith("fagsystem ", StringComparison.Ordinal) ? texts["Attention.Fagsystem.Next"] : null,
            certificate.Whose.StartsWith("fagsystem ", StringComparison.Ordinal) ? $"/systemer/{certificate.Whose["fagsystem ".Length..]}" : null));
    }

    private string Count(string name, int count, string? nextCursor) =>
        nextCursor is null ? texts.Count(name, count) : texts.With($"{name}.Many", texts.With("Attention.MoreThan", written.Number(count)));
}

/// <summary>Something that needs a person.</summary>
/// <param name="Kind">How pressing: bad or wait.</param>
/// <param name="Text">What it is.</param>
/// <param name="Why">Why, and what follows.</param>
/// <param name="Next">The next step; null where it is not taken in the console.</param>
/// <param name="Path">Where that is.</param>
public sealed record AttentionItem(string Kind, string Text, string Why, string? Next, string? Path);
