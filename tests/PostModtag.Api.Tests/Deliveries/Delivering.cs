using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>A server whose clock the test moves, and a fagsystem on another host to which every message goes.</summary>
internal sealed class Delivering : IAsyncDisposable
{
    /// <summary>The fagsystem's key.</summary>
    public const string Key = "esdh";

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-").FullName;
    private string[] _settings;
    private readonly Action<IServiceCollection>? _configure;

    private Delivering(StandInFagsystem fagsystem, DateTimeOffset now, Action<IServiceCollection>? configure, string[] settings) => (Fagsystem, Clock, _configure, _settings) = (fagsystem, new MovedClock(now), configure, settings);

    public MovedClock Clock { get; }

    public StandInFagsystem Fagsystem { get; }

    public TestServer Server { get; private set; } = null!;

    public IEnumerable<StandInCall> Calls => Fagsystem.Calls;

    /// <param name="whenUndecided">What the authority has chosen.</param>
    /// <param name="certificate">The fagsystem's own certificate, for HTTPS.</param>
    /// <param name="rest">Changes how it may be called.</param>
    /// <param name="configure">Adds to the server.</param>
    /// <param name="now">The time; that of this machine, to the second, when null.</param>
    /// <param name="settings">Settings as on the command line.</param>
    public static async Task<Delivering> StartAsync(
        WhenUndecided whenUndecided = WhenUndecided.RESEND, X509Certificate2? certificate = null, Action<RestConnection>? rest = null, Action<IServiceCollection>? configure = null, DateTimeOffset? now = null, params string[] settings)
    {
        var delivering = new Delivering(await StandInFagsystem.StartAsync(certificate), now ?? DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()), configure, settings);
        await delivering.StartServerAsync();
        await delivering.Server.RegisterRestAsync(Key, delivering.Fagsystem.Url);
        if (rest is not null)
            await delivering.Server.ChangeRestAsync(Key, rest);
        await delivering.Server.PublishAsync(Setup.Everything(Key, whenUndecided));
        return delivering;
    }

    /// <summary>Stops the server, and starts another on the same data.</summary>
    /// <param name="between">Is done while there is none.</param>
    /// <param name="settings">Settings in the place of those that the first one had.</param>
    public async Task RestartAsync(Action? between = null, string[]? settings = null)
    {
        await Server.DisposeAsync();
        _settings = settings ?? _settings;
        between?.Invoke();
        await StartServerAsync();
    }

    /// <summary>Sends a message; the answer's status and body.</summary>
    public async Task<(int Status, string Body)> PostAsync(TestMemo memo)
    {
        using var response = await Server.PostAsync(memo.ToBytes(), "application/json");
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a new message that is not decided when it has been answered, and goes on answering so.</summary>
    public async Task<TestMemo> LeaveUndecidedAsync(StandInAnswer? answer = null)
    {
        Fagsystem.Answer = answer ?? StandInAnswers.Status(503);
        var memo = new TestMemo();
        await PostAsync(memo);
        (await GetAsync(memo)).Receipt.ShouldBeNull();
        return memo;
    }

    public async Task<MessageDetails> GetAsync(TestMemo memo) => (await Server.Messages.GetMessageAsync(memo.Uuid)).Result;

    public async Task<FagsystemConnection> ConnectionAsync(string key = Key) => (await Server.Fagsystemer.GetFagsystemConnectionAsync(key)).Result;

    /// <summary>Waits until the message is so.</summary>
    public async Task<MessageDetails> UntilAsync(TestMemo memo, Func<MessageDetails, bool> isSo)
    {
        var message = await GetAsync(memo);
        await Eventually.BeSoAsync(async () => isSo(message = await GetAsync(memo)), Troubles);
        return message;
    }

    /// <summary>
    /// Waits until there is a final receipt. Time goes on meanwhile: a try that had begun before the clock was set on ends after it, and
    /// the next comes later.
    /// </summary>
    public Task<MessageDetails> UntilDecidedAsync(TestMemo memo) => UntilAsync(memo, message =>
    {
        if (message.Receipt is null)
            Clock.Now += TimeSpan.FromMilliseconds(100);
        return message.Receipt is not null;
    });

    /// <summary>Waits until the fagsystem has been called so many times.</summary>
    public Task UntilCalledAsync(int times = 1) => Eventually.BeSoAsync(() => Calls.Count() >= times, Troubles);

    public Task<AdministrationResponse<MessageSummary>> DecideAsync(TestMemo memo, MessageDecisionAction action, string? fagsystem = null) =>
        Server.Messages.DecideMessageAsync(new MessageDecision { Action = action, Fagsystem = fagsystem, Reason = "Aftalt" }, memo.Uuid, "Bente");

    /// <summary>What persons have decided about a message, the newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> DecisionsAsync(TestMemo memo) =>
        [.. (await Server.Audit.FindAuditEntriesAsync(pageSize: 500)).Result.Entries.Where(entry => entry.Action != AuditAction.MESSAGE_VIEWED && entry.Detail.Contains(memo.MessageUuid, StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        await Fagsystem.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Troubles() => $"It was called {Calls.Count()} times. " + string.Join(
        Environment.NewLine, Server.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal)));

    private async Task StartServerAsync() => Server = await TestServer.StartAsync(
        services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            _configure?.Invoke(services);
        },
        _folder, _settings);
}
