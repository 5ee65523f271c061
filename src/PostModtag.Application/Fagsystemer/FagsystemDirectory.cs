using Microsoft.Extensions.DependencyInjection;

namespace PostModtag.Application.Fagsystemer;

/// <summary>A fagsystem in this process: its name and its type.</summary>
public sealed record FagsystemRegistration(string Name, Type Type);

/// <summary>The fagsystemer that the host has registered. The last one registered takes the messages.</summary>
public sealed class FagsystemDirectory(IEnumerable<FagsystemRegistration> registrations)
{
    private readonly IReadOnlyList<FagsystemRegistration> _registrations = [.. registrations];

    /// <summary>The name of the fagsystem that new messages are for.</summary>
    public string Default => _registrations[^1].Name;

    /// <summary>The fagsystem of that name, made in <paramref name="scope"/>.</summary>
    /// <exception cref="InvalidOperationException">The host has registered none of that name.</exception>
    public IFagsystem Resolve(IServiceProvider scope, string name)
    {
        var registration = _registrations.LastOrDefault(candidate => candidate.Name == name)
            ?? throw new InvalidOperationException($"There is no fagsystem named {name} in this process; register it with AddFagsystem.");
        return (IFagsystem)scope.GetRequiredService(registration.Type);
    }
}
