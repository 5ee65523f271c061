using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Storage;

/// <summary>The messages' rows: some of them, or without what is kept of them as JSON, which is long, and which a later model may not fit.</summary>
internal static class MessageRows
{
    /// <summary>Which messages the index of states has. Nearly all are accepted: without those it is small, and they are kept sooner.</summary>
    public const string NotAcceptedFilter = $"\"{nameof(Message.State)}\" <> '{nameof(MessageState.Accepted)}'";

    private static readonly Dictionary<string, string> Left = new(StringComparer.Ordinal)
    {
        [nameof(Message.Memo)] = "NULL",
        [nameof(Message.Violations)] = "'[]'",
    };

    /// <summary>Those that have no receipt yet, found by the index of states.</summary>
    public static IQueryable<Message> Undecided(this IQueryable<Message> messages) =>
        messages.NotAccepted().Where(message => message.State == MessageState.Received || message.State == MessageState.Held);

    /// <summary>Says, in the index's own words, that it has all that are looked for: a database takes it for no others.</summary>
    public static IQueryable<Message> NotAccepted(this IQueryable<Message> messages) => messages.Where(message => message.State != MessageState.Accepted);

    /// <summary>Messages whose Memo is null and whose Violations are empty, whatever they are.</summary>
    public static IQueryable<Message> WithoutJson(this PostModtagDbContext database)
    {
        var table = database.Model.FindEntityType(typeof(Message))!.GetTableMappings().Single().Table;
        var columns = table.Columns.Select(column => Left.TryGetValue(column.Name, out var value) ? $"{value} AS \"{column.Name}\"" : $"\"{column.Name}\"");
        return database.Messages.FromSqlRaw(string.Concat("SELECT ", string.Join(", ", columns), " FROM \"", table.Name, "\""));
    }

    /// <summary>Whether reading failed since what was kept as JSON does not fit what it is read as.</summary>
    public static bool DoesNotFit(Exception exception) => exception is JsonException or NotSupportedException;
}
