using PostModtag.Application.Storage;
using PostModtag.Domain.Deliveries;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>What is shown of a message belongs together, whatever happens to it meanwhile.</summary>
public sealed class WholeMessageTests
{
    [Fact]
    public async Task A_message_is_read_with_all_that_belongs_to_it_as_it_was_at_one_moment()
    {
        var meanwhile = new Meanwhile();
        await using var infrastructure = await TestInfrastructure.StartAsync(interceptor: meanwhile);
        var uuid = (await infrastructure.KeepAsync(TestMessages.WithFile(10), before: message => message.RouteTo("indbakke"))).MessageUuid;
        meanwhile.Before("DeliveryAttempts", async () =>
        {
            var message = (await infrastructure.Messages.FindAsync(uuid, CancellationToken.None))!;
            var attempt = message.Record(new DeliveryOutcome.Accepted(), TestMessages.Now, TestMessages.Now);
            await infrastructure.Messages.UpdateAsync(new MessageChange { Message = message, Attempt = attempt }, CancellationToken.None);
        });

        var before = (await infrastructure.Messages.FindWholeAsync(uuid, CancellationToken.None))!;
        var after = (await infrastructure.Messages.FindWholeAsync(uuid, CancellationToken.None))!;

        (before.Message.IsDecided, before.Attempts.Count).ShouldBe((false, 0));
        (after.Message.IsDecided, after.Attempts.Count).ShouldBe((true, 1));
    }
}
