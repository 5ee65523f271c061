using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Operation;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Storage.Retention;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>Of a body that was refused under a known messageUUID only the SHA-256 is kept, and its receipt. Older versions kept its bytes, which nobody could read.</summary>
public sealed class RefusedBodiesTests : IAsyncLifetime
{
    private TestInfrastructure _infrastructure = null!;

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync();

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Fact]
    public async Task What_older_versions_kept_of_it_goes_and_nothing_else_does()
    {
        var (memo, other) = (TestMessages.WithFile(500), TestMessages.WithFile(300_000));
        var kept = new[] { await _infrastructure.KeepAsync(memo), await _infrastructure.KeepAsync(other) };
        // As it was with refused bodies: contents with no message of theirs, one small and one large, and a file that a message has as well.
        await KeepNoMessageAsync(new TestMemo { Label = "Afvist" });
        await KeepNoMessageAsync(TestMessages.WithFile(300_000, content: 8));
        await using (var database = await _infrastructure.Databases.CreateDbContextAsync())
            await database.Contents.Where(content => content.Sha256 == kept[0].Files[1].Content.Sha256).ExecuteUpdateAsync(update => update.SetProperty(content => content.References, 2));
        (await VerifyAsync()).Count.ShouldBe(5);

        await using (var database = await _infrastructure.Databases.CreateDbContextAsync())
        {
            var migrator = database.GetService<IMigrator>();
            var before = database.Database.GetMigrations().Last(name => name.EndsWith("SenderKeys", StringComparison.Ordinal));
            await migrator.MigrateAsync(before);
            await migrator.MigrateAsync();
        }

        (await _infrastructure.Services.GetRequiredService<IContentRemoval>().EraseAsync(CancellationToken.None)).ShouldBeTrue();
        (await VerifyAsync()).ShouldBeEmpty();
        (await _infrastructure.BytesAsync(kept[0].Xml)).ShouldBe(memo.ToBytes());
        (await _infrastructure.BytesAsync(kept[1].Xml)).ShouldBe(other.ToBytes());
        _infrastructure.LargeContents().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Now_none_of_its_bytes_is_kept()
    {
        var memo = new TestMemo();
        await _infrastructure.KeepAsync(memo);
        await using var reading = await _infrastructure.ReadAsync(new TestMemo { MessageUuid = memo.MessageUuid, Label = "Afvist" });

        (await _infrastructure.Messages.AddRefusedCopyAsync(RefusedCopy.Refuse(reading.Memo, TestMessages.Now), CancellationToken.None)).ShouldBeTrue();

        await using var database = await _infrastructure.Databases.CreateDbContextAsync();
        (await database.Contents.CountAsync()).ShouldBe(1);
        (await VerifyAsync()).ShouldBeEmpty();
    }

    private async Task KeepNoMessageAsync(TestMemo memo)
    {
        var message = await _infrastructure.KeepAsync(memo);
        await using var database = await _infrastructure.Databases.CreateDbContextAsync();
        await database.Messages.Where(row => row.Id == message.Id).ExecuteDeleteAsync();
    }

    private async Task<IReadOnlyList<string>> VerifyAsync() =>
        (await _infrastructure.Services.GetRequiredService<IVerification>().RunAsync(new Progress<string>(), CancellationToken.None)).Findings;
}
