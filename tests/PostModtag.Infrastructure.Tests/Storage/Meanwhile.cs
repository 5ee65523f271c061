using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>Does something once, while others read: before or after the rows of a table are asked for.</summary>
internal sealed class Meanwhile : DbCommandInterceptor
{
    private (string Table, bool IsAfter, Func<Task> Act)? _next;

    public void Before(string table, Func<Task> act) => _next = (table, false, act);

    public void After(string table, Func<Task> act) => _next = (table, true, act);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await ActAsync(command, isAfter: false);
        return result;
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        await ActAsync(command, isAfter: true);
        return result;
    }

    private async Task ActAsync(DbCommand command, bool isAfter)
    {
        if (_next is not { } next || next.IsAfter != isAfter || !command.CommandText.Contains($"FROM \"{next.Table}\"", StringComparison.Ordinal))
            return;
        _next = null;
        await next.Act();
    }
}
