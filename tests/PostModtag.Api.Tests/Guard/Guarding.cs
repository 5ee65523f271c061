using Microsoft.Extensions.DependencyInjection;
using PostModtag.Api.Tests.Deliveries;
using PostModtag.Application.Guard;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Guard;

/// <summary>What tests of the seven-day guard do to a server whose clock they move.</summary>
internal static class Guarding
{
    /// <summary>All countdowns, by the authority's CVR number or the fagsystem's key.</summary>
    public static async Task<Dictionary<string, Countdown>> CountdownsAsync(this TestServer server) =>
        (await server.Countdowns.GetCountdownsAsync()).Result.Countdowns.ToDictionary(countdown => countdown.Authority ?? countdown.Fagsystem!);

    /// <summary>The level and the cause of the test authority's countdown, and of its fagsystem's.</summary>
    public static async Task<(string Authority, string Fagsystem)> LevelsAsync(this Delivering delivering)
    {
        var countdowns = await delivering.Server.CountdownsAsync();
        return (Show(countdowns[Setup.Authority]), Show(countdowns[Delivering.Key]));

        static string Show(Countdown countdown) => $"{countdown.Level} {countdown.Cause}";
    }

    /// <summary>Sends a message that is decided at once.</summary>
    public static async Task<TestMemo> DecideOneAsync(this Delivering delivering)
    {
        delivering.Fagsystem.Answer = StandInAnswers.Accept;
        var memo = new TestMemo();
        (await delivering.PostAsync(memo)).Body.ShouldContain("COMPLETED");
        return memo;
    }

    /// <summary>Moves the clock, and waits until the guard has counted by it.</summary>
    public static async Task PassAsync(this Delivering delivering, TimeSpan time)
    {
        var countdowns = delivering.Server.Services.GetRequiredService<Countdowns>();
        delivering.Clock.Now += time;
        await Eventually.BeSoAsync(() => countdowns.Latest.CountedAt == delivering.Clock.Now);
    }

    /// <summary>The levels of the lines with that id that the guard has logged about that authority or fagsystem.</summary>
    public static IReadOnlyList<string> Logged(this Delivering delivering, int id, string whose) =>
    [
        .. delivering.Server.Log.Lines.Where(line => line.Contains($"[{id}]", StringComparison.Ordinal) && line.Contains($": {whose}", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0]),
    ];

    /// <summary>Sets whether a fagsystem takes messages.</summary>
    public static async Task SetStateAsync(this TestServer server, string key, FagsystemState state)
    {
        var now = (await server.Fagsystemer.GetFagsystemAsync(key)).Result;
        await server.Fagsystemer.ChangeFagsystemAsync(new FagsystemChange { Name = now.Name, Owner = now.Owner, Kind = now.Kind, Rest = now.Rest, State = state }, key, "*");
    }
}
