using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Api;
using PostModtag.Application;
using PostModtag.Application.Deliveries;
using PostModtag.Application.DigitalPost;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.Outbox;
using PostModtag.Application.Storage;
using PostModtag.Infrastructure.Memo;
using PostModtag.Infrastructure.Storage.PostgreSql;
using PostModtag.Infrastructure.Storage.Sqlite;
using PostModtag.TestHost;

var builder = PostModtagServer.CreateBuilder(args);
if (Environment.GetEnvironmentVariable("POSTMODTAG_TEST_KILL") is null)
{
    builder.Services.AddFagsystem<CrashingFagsystem>("crashing");
}
else
{
    // It starts a hundred times, and is killed soon: the reader is compiled as messages come.
    foreach (var warmUp in builder.Services.Where(service => service.ImplementationType == typeof(ReaderWarmUp)).ToList())
        builder.Services.Remove(warmUp);
    KillPoint.Around<IMessageStore>(builder.Services);
    KillPoint.Around<IRestFagsystem>(builder.Services);
    KillPoint.Around<IOutbox>(builder.Services);
    KillPoint.Around<IDigitalPost>(builder.Services);
    builder.Services.ConfigureDbContext<SqliteDbContext>(database => database.AddInterceptors(new CommitKillPoint()));
    builder.Services.ConfigureDbContext<PostgreSqlDbContext>(database => database.AddInterceptors(new CommitKillPoint()));
}

return await PostModtagServer.RunAsync(builder);

/// <summary>
/// Writes down each message it is given, in the file POSTMODTAG_TEST_DELIVERIES names. Kills the process (SIGKILL) while
/// the file POSTMODTAG_TEST_CRASH names is there: the message is kept then, and the answer is lost.
/// </summary>
internal sealed class CrashingFagsystem : IFagsystem
{
    public async Task<FagsystemAnswer> DeliverAsync(FagsystemDelivery delivery, CancellationToken cancellationToken)
    {
        await File.AppendAllTextAsync(
            Environment.GetEnvironmentVariable("POSTMODTAG_TEST_DELIVERIES")!, $"{delivery.MessageUuid} {delivery.TransactionId}\n", cancellationToken);
        if (File.Exists(Environment.GetEnvironmentVariable("POSTMODTAG_TEST_CRASH")))
            Process.GetCurrentProcess().Kill();
        return FagsystemAnswer.Accept();
    }
}
