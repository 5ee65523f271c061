using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Rules;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>What a node routes by is of the revision that it is said to be of, whatever is changed meanwhile.</summary>
public sealed class SetupStoreTests : IAsyncLifetime
{
    private const string Cvr = "12345678";
    private readonly Meanwhile _meanwhile = new();
    private TestInfrastructure _infrastructure = null!;

    private ISetupStore Store => _infrastructure.Services.GetRequiredService<ISetupStore>();

    public async Task InitializeAsync()
    {
        _infrastructure = await TestInfrastructure.StartAsync(interceptor: _meanwhile);
        await PublishAsync();
    }

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Theory]
    [InlineData("Fagsystemer", false)]
    [InlineData("Authorities", false)]
    [InlineData("Authorities", true)]
    public async Task A_snapshot_is_of_one_moment_though_rules_are_published_while_it_is_read(string table, bool isAfter)
    {
        var first = await Store.GetRevisionAsync(CancellationToken.None);
        if (isAfter)
            _meanwhile.After(table, PublishAsync);
        else
            _meanwhile.Before(table, PublishAsync);

        var before = await Store.GetSnapshotAsync(CancellationToken.None);
        var after = await Store.GetSnapshotAsync(CancellationToken.None);

        (before.Revision, before.CurrentVersions[Cvr]).ShouldBe((first, 1));
        (after.Revision, after.CurrentVersions[Cvr]).ShouldBe((first + 1, 2));
    }

    [Fact]
    public async Task What_was_read_once_is_read_again_as_it_is_now()
    {
        await using var database = await _infrastructure.Databases.CreateDbContextAsync();
        (await database.Authorities.SingleAsync()).CurrentVersion.ShouldBe(1);
        await PublishAsync();
        (await database.Authorities.SingleAsync()).CurrentVersion.ShouldBe(2);
    }

    private async Task PublishAsync()
    {
        var revision = await Store.GetRevisionAsync(CancellationToken.None);
        var authority = await Store.FindAuthorityAsync(Cvr, CancellationToken.None) ?? AuthorityRules.For(Cvr);
        authority.SaveDraft(new RuleSet([]), "en prøve", DateTimeOffset.UnixEpoch);
        var change = new SetupChange
        {
            Audit = new AuditEntry(DateTimeOffset.UnixEpoch, "en prøve", AuditAction.RulesPublished, Cvr, null, ""),
            Publication = authority.PublishDraft("en prøve", "", DateTimeOffset.UnixEpoch),
            Authority = authority,
        };
        (await Store.ApplyAsync(change, revision, CancellationToken.None)).ShouldBeTrue();
    }
}
