using Microsoft.Extensions.DependencyInjection;
using PostModtag.Domain.Fagsystemer;

namespace PostModtag.Application.Fagsystemer;

/// <summary>A fagsystem in this process: its key and its type.</summary>
internal sealed record FagsystemRegistration(string Key, Type Type);

/// <summary>The handlers that the host has registered. The last one registered takes the messages of authorities without rules.</summary>
internal sealed class FagsystemDirectory(IEnumerable<FagsystemRegistration> registrations)
{
    private readonly IReadOnlyList<FagsystemRegistration> _registrations = [.. registrations];

    /// <summary>The key of the fagsystem for authorities without rules.</summary>
    public string Default => _registrations[^1].Key;

    /// <summary>The keys of all, for people to read.</summary>
    public string Keys => string.Join(", ", All);

    /// <summary>The keys of all, the indbakke's first.</summary>
    public IEnumerable<string> All => _registrations.Select(registration => registration.Key).Distinct();

    /// <summary>Whether the host has registered one under that key.</summary>
    public bool Has(string key) => _registrations.Any(registration => registration.Key == key);

    /// <summary>What takes the messages of that fagsystem, made in <paramref name="scope"/>.</summary>
    /// <exception cref="InvalidOperationException">The host has registered none under its key.</exception>
    public IFagsystem Resolve(IServiceProvider scope, Fagsystem fagsystem)
    {
        var type = fagsystem.Kind switch
        {
            FagsystemKind.Inbox => typeof(Indbakke),
            _ => _registrations.LastOrDefault(registration => registration.Key == fagsystem.Key)?.Type,
        };
        return type is not null
            ? (IFagsystem)scope.GetRequiredService(type)
            : throw new InvalidOperationException($"There is no handler for the fagsystem {fagsystem.Key} in this process; register it with AddFagsystem.");
    }
}
