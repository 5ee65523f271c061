using Microsoft.Extensions.DependencyInjection;
using PostModtag.Application.Deliveries;
using PostModtag.Application.Memo;
using PostModtag.Domain.Deliveries;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure.Tests.Memo;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests;

/// <summary>The largest message goes out unchanged, and takes no more memory than a small one.</summary>
[Collection(nameof(Alone))]
public sealed class DeliveryMemoryTests
{
    private const long Largest = 99_500_000;

    // A small one allocates about 1 MB with the stand-in that takes it, which runs in this process too; the bytes themselves would be 99.5 MB.
    private const long MostAllocated = 16_000_000;

    [Fact]
    public async Task The_largest_message_is_forwarded_byte_for_byte_in_bounded_memory()
    {
        await using var infrastructure = await TestInfrastructure.StartAsync(configure: options => options.MaxMessageBytes = Largest, replace: services => services.AddSingleton(TimeProvider.System));
        var message = await KeepAsync(infrastructure);
        await using var standIn = await StandInFagsystem.StartAsync();
        var fagsystem = Fagsystem.Register("esdh", "ESDH", "O", FagsystemKind.Rest, new RestConnection(standIn.Url, 600, 1), [], [], DateTimeOffset.UtcNow);
        var rest = infrastructure.Services.GetRequiredService<IRestFagsystem>();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var outcome = await rest.DeliverAsync(message, fagsystem, CancellationToken.None);

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(MostAllocated);
        outcome.ShouldBe(new DeliveryOutcome.Accepted());
        var call = standIn.Calls.ShouldHaveSingleItem();
        (call.Sha256, call.Length, call.MessageUuid, call.Header("x-TransaktionsId")).ShouldBe((message.Xml.Sha256, Largest, message.MessageUuid, message.TransactionId.ToString()));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    [InlineData(404)]
    public async Task Of_an_answer_without_end_no_more_is_read_than_a_receipt_can_be(int status)
    {
        await using var infrastructure = await TestInfrastructure.StartAsync(replace: services => services.AddSingleton(TimeProvider.System));
        await using var reading = await infrastructure.ReadAsync(new TestMemo().ToBytes());
        var message = await KeepAsync(infrastructure, reading);
        await using var standIn = await StandInFagsystem.StartAsync();
        standIn.Answer = StandInAnswers.Huge(status, 1_000_000_000);
        var fagsystem = Fagsystem.Register("esdh", "ESDH", "O", FagsystemKind.Rest, new RestConnection(standIn.Url, 600, 1), [], [], DateTimeOffset.UtcNow);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var outcome = await infrastructure.Services.GetRequiredService<IRestFagsystem>().DeliverAsync(message, fagsystem, CancellationToken.None);

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(MostAllocated);
        outcome.ShouldBeOfType<DeliveryOutcome.Undecided>().HttpStatus.ShouldBe(status);
    }

    private static async Task<Message> KeepAsync(TestInfrastructure infrastructure)
    {
        using var source = new GeneratedMessage(Largest);
        await using var reading = await infrastructure.Reader.ReadAsync(source, null, CancellationToken.None);
        return await KeepAsync(infrastructure, reading);
    }

    private static async Task<Message> KeepAsync(TestInfrastructure infrastructure, MemoReading reading)
    {
        var read = reading.ShouldBeOfType<MemoReading.Message>();
        var message = Message.Receive(read.Memo, Guid.NewGuid(), "application/xml", DateTimeOffset.UtcNow);
        message.RouteTo("esdh");
        (await infrastructure.Messages.AddAsync(message, read.Contents, CancellationToken.None)).ShouldBeTrue();
        return message;
    }
}
