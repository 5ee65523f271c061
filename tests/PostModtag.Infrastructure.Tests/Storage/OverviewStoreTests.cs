using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Storage;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>Messages of a period are counted by who they are to, where they stand and where they go.</summary>
public sealed class OverviewStoreTests : IAsyncLifetime
{
    private TestInfrastructure _infrastructure = null!;

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync();

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Fact]
    public async Task Those_that_are_alike_are_counted_together_from_the_first_moment_until_before_the_last()
    {
        await KeepAsync(0, "90000001", Accept);
        await KeepAsync(1, "90000001", Accept);
        await KeepAsync(1, "90000002", Accept);
        await KeepAsync(2, "90000001", message => message.RouteTo("esdh"));
        await KeepAsync(3, "90000001", message => message.Reject(Rejection.For(ReceiptError.SchemaViolation), TestMessages.Now));
        await KeepAsync(4, "90000001", Accept);

        (await CountAsync(1, 4)).OrderBy(counted => counted.RecipientId).ThenBy(counted => counted.State).ShouldBe(
        [
            new CountedMessages("90000001", MessageState.Received, "esdh", 1),
            new CountedMessages("90000001", MessageState.Accepted, "indbakke", 1),
            new CountedMessages("90000001", MessageState.Rejected, null, 1),
            new CountedMessages("90000002", MessageState.Accepted, "indbakke", 1),
        ]);
        (await CountAsync(0, 5)).Single(counted => counted is { RecipientId: "90000001", State: MessageState.Accepted }).Count.ShouldBe(3);
        (await CountAsync(5, 9)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Those_that_are_not_decided_are_found_each_for_itself()
    {
        await KeepAsync(0, "90000001", Accept);
        await KeepAsync(1, "90000002", message => message.RouteTo("esdh"));
        await KeepAsync(2, "90000001", message =>
        {
            message.RouteTo("byg");
            message.Hold(At(9), At(2));
        });

        (await _infrastructure.Services.GetRequiredService<IOverviewStore>().FindUndecidedAsync(CancellationToken.None)).OrderBy(message => message.ReceivedAt).ShouldBe(
            [new UndecidedMessage(At(1), "90000002", MessageState.Received, "esdh"), new UndecidedMessage(At(2), "90000001", MessageState.Held, "byg")]);
    }

    private static DateTimeOffset At(int minute) => TestMessages.Now.AddMinutes(minute);

    private static void Accept(Message message)
    {
        message.RouteTo("indbakke");
        message.Accept(TestMessages.Now);
    }

    private Task<Message> KeepAsync(int minute, string recipient, Action<Message> before) => _infrastructure.KeepAsync(new TestMemo { RecipientId = recipient }, At(minute), before);

    private Task<IReadOnlyList<CountedMessages>> CountAsync(int from, int before) =>
        _infrastructure.Services.GetRequiredService<IOverviewStore>().CountAsync(At(from), At(before), CancellationToken.None);
}
