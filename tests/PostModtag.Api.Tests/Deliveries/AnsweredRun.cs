using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>
/// Sends a message for each row and for each of the two ways to treat what is not decided, sends it again, mends what was
/// wrong, and has it asked about once more; and keeps what was seen. All rows are on their way at once, each to a fagsystem
/// of its own.
/// </summary>
public sealed class AnsweredRun : IAsyncLifetime, IDisposable
{
    private const string Other = "other";

    private static readonly Dictionary<WhenUndecided, string> Authorities = new() { [WhenUndecided.RESEND] = "92000001", [WhenUndecided.HOLD] = "92000002" };

    private readonly MovedClock _clock = new(WhatComesBack.Now);
    private readonly TestCertificates _certificates = new();
    private readonly ConcurrentDictionary<string, StandInAnswer> _answers = new();
    private readonly List<StandInFagsystem> _standIns = [];
    private readonly List<ClosedPort> _closed = [];
    private readonly Dictionary<(string Name, WhenUndecided WhenUndecided), Seen> _seen = [];
    private StandInFagsystem _standIn = null!;
    private TestServer _server = null!;

    /// <summary>What was seen of a row.</summary>
    internal Seen Of(string name, WhenUndecided whenUndecided) => _seen[(name, whenUndecided)];

    /// <summary>What was sent to the fagsystem that no message is for.</summary>
    internal IEnumerable<StandInCall> Misled => _standIns.SelectMany(standIn => standIn.Calls).Where(call => call.Path == $"/{Other}");

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(services => services.AddSingleton<TimeProvider>(_clock));
        _standIn = await StartAsync();
        _answers[$"/{Other}"] = StandInAnswers.Accept;
        await _server.RegisterRestAsync(Other, Address(Other));
        foreach (var (whenUndecided, authority) in Authorities)
        {
            foreach (var row in WhatComesBack.Rows)
                _seen.Add((row.Name, whenUndecided), await SetUpAsync(row, whenUndecided, authority));
            await PublishAsync(whenUndecided, authority);
        }

        await Task.WhenAll(_seen.Values.Select(SendAsync));
        await Task.WhenAll(_seen.Values.Select(SendAgainAsync));
        foreach (var seen in _seen.Values)
            await MendAsync(seen);
        _clock.Now += TimeSpan.FromHours(2);
        await Task.WhenAll(_seen.Values.Select(EndAsync));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        foreach (var standIn in _standIns)
            await standIn.DisposeAsync();
        foreach (var closed in _closed)
            closed.Dispose();
    }

    public void Dispose() => _certificates.Dispose();

    private async Task<Seen> SetUpAsync(Answered row, WhenUndecided whenUndecided, string authority)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"f{_seen.Count}");
        var seen = new Seen { Row = row, Key = key, WhenUndecided = whenUndecided, Memo = new TestMemo { RecipientId = authority, Label = key } };
        switch (row.Fault)
        {
            case Fault.Refused:
                seen.Closed = new ClosedPort();
                _closed.Add(seen.Closed);
                await _server.RegisterRestAsync(key, $"http://localhost:{seen.Closed.Number}/{key}");
                break;
            case Fault.Untrusted:
                var standIn = await StartAsync(_certificates.Server());
                await _server.RegisterRestAsync(key, Address(key, standIn));
                break;
            default:
                _answers[$"/{key}"] = row.Answer!;
                await _server.RegisterRestAsync(key, Address(key), row.TimeoutSeconds);
                break;
        }

        return seen;
    }

    private async Task PublishAsync(WhenUndecided whenUndecided, string authority)
    {
        var rules = Setup.Rules([.. _seen.Values.Where(seen => seen.WhenUndecided == whenUndecided).Select(seen => Setup.Rule(seen.Key, seen.Key, Setup.When("label", ConditionOperator.Equals, seen.Key)))]);
        (rules.Otherwise, rules.WhenUndecided) = (Other, whenUndecided);
        await _server.PublishAsync(rules, authority);
    }

    private async Task SendAsync(Seen seen)
    {
        seen.First = await PostAsync(seen, seen.Transaction);
        seen.AfterFirst = await DetailsAsync(seen);
        seen.Log = [.. _server.Log.Lines.Where(line => line.Contains(seen.Memo.MessageUuid, StringComparison.Ordinal))];
    }

    // What is not decided and not held would be asked about again: that comes later.
    private async Task SendAgainAsync(Seen seen)
    {
        if (seen.First.Status == 200)
            seen.Again = await PostAsync(seen, Guid.NewGuid());
        seen.CallsBefore = Calls(seen).Count;
    }

    private async Task MendAsync(Seen seen)
    {
        _answers[$"/{seen.Key}"] = StandInAnswers.Accept;
        if (seen.Row.TimeoutSeconds < 20)
            await _server.ChangeRestAsync(seen.Key, rest => rest.TimeoutSeconds = 20);
        if (seen.Row.Fault == Fault.Untrusted)
            await _server.ChangeRestAsync(seen.Key, rest => rest.TrustedCertificates = _certificates.Pem);
        if (seen.Closed is not { } closed)
            return;
        closed.Dispose();
        await StartAsync(port: closed.Number);
    }

    private async Task EndAsync(Seen seen)
    {
        if (seen.WhenUndecided == WhenUndecided.HOLD)
        {
            if (seen.AfterFirst.Summary.Concern == DeliveryConcern.PERSON)
                await _server.Messages.DecideMessageAsync(new MessageDecision { Action = MessageDecisionAction.RETRY, Reason = "Rettet" }, seen.Memo.Uuid);
            await Eventually.BeSoAsync(async () => (await DetailsAsync(seen)).Receipt is not null);
        }

        seen.Last = await PostAsync(seen, Guid.NewGuid());
        seen.AtEnd = await DetailsAsync(seen);
        seen.Calls = Calls(seen);
    }

    private async Task<Answer> PostAsync(Seen seen, Guid transaction)
    {
        using var response = await _server.PostAsync(seen.Memo.ToBytes(), "application/json", seen.ContentType, transaction.ToString());
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    private async Task<MessageDetails> DetailsAsync(Seen seen) => (await _server.Messages.GetMessageAsync(seen.Memo.Uuid)).Result;

    private List<StandInCall> Calls(Seen seen) => [.. _standIns.ToList().SelectMany(standIn => standIn.Calls).Where(call => call.Path == $"/{seen.Key}")];

    private async Task<StandInFagsystem> StartAsync(X509Certificate2? certificate = null, int port = 0)
    {
        var standIn = await StandInFagsystem.StartAsync(certificate, port);
        standIn.Answer = (call, context) => _answers[call.Path](call, context);
        _standIns.Add(standIn);
        return standIn;
    }

    private string Address(string key, StandInFagsystem? standIn = null) => (standIn ?? _standIn).Url.Replace("/PostModtag", $"/{key}", StringComparison.Ordinal);

    /// <summary>What the sender was answered.</summary>
    internal sealed record Answer(int Status, string Body, double? RetryAfter);

    /// <summary>What was seen of a row.</summary>
    internal sealed class Seen
    {
        public required Answered Row { get; init; }

        public required string Key { get; init; }

        public required WhenUndecided WhenUndecided { get; init; }

        public required TestMemo Memo { get; init; }

        public string ContentType => "text/xml; charset=utf-8";

        public Guid Transaction { get; } = Guid.NewGuid();

        public ClosedPort? Closed { get; set; }

        public Answer First { get; set; } = null!;

        public MessageDetails AfterFirst { get; set; } = null!;

        public IReadOnlyList<string> Log { get; set; } = [];

        public Answer? Again { get; set; }

        public int CallsBefore { get; set; }

        public Answer Last { get; set; } = null!;

        public MessageDetails AtEnd { get; set; } = null!;

        public IReadOnlyList<StandInCall> Calls { get; set; } = [];
    }
}
