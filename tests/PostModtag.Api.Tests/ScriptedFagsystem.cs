using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application;
using PostModtag.Application.Fagsystemer;

namespace PostModtag.Api.Tests;

/// <summary>A fagsystem that does as the test says, and remembers what it was given.</summary>
public sealed class ScriptedFagsystem : IFagsystem
{
    private readonly Script _script;

    public ScriptedFagsystem(Script script) => _script = script;

    public Task<FagsystemAnswer> DeliverAsync(FagsystemDelivery delivery, CancellationToken cancellationToken)
    {
        _script.Deliveries.Enqueue(delivery);
        return _script.Answer(delivery, cancellationToken);
    }
}

/// <summary>What the fagsystem does, shared with the test.</summary>
public sealed class Script
{
    public const string FagsystemName = "journal";

    public ConcurrentQueue<FagsystemDelivery> Deliveries { get; } = new();

    public Func<FagsystemDelivery, CancellationToken, Task<FagsystemAnswer>> Answer { get; set; } = (_, _) => Task.FromResult(FagsystemAnswer.Accept());

    public void Register(IServiceCollection services) =>
        services.AddSingleton(this).AddFagsystem<ScriptedFagsystem>(FagsystemName);
}
