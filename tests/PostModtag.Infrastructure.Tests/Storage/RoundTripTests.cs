using PostModtag.Application.Memo;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>What is kept of a message comes back as it was.</summary>
public sealed class RoundTripTests : IAsyncLifetime
{
    private TestInfrastructure _infrastructure = null!;

    public static TheoryData<string> Valid => [.. Examples.Valid];

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync();

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Fact]
    public async Task Every_field_of_every_example_comes_back()
    {
        var withValue = new HashSet<string>();
        foreach (var example in Examples.Valid)
        {
            var (kept, found) = await KeepAndFindAsync(Examples.ReadValid(example));

            foreach (var field in MemoFields.All)
            {
                var values = field.Values(kept.Memo.ShouldNotBeNull()).ToList();
                field.Values(found.Memo.ShouldNotBeNull()).ShouldBe(values, $"{field.Path} of {example}");
                if (values.Count > 0)
                    withValue.Add(field.Path);
            }

            found.Memo!.Files().Select(file => (file.Document, file.XPath, file.File)).ShouldBe(kept.Memo!.Files().Select(file => (file.Document, file.XPath, file.File)));
            found.Summary.ShouldBe(kept.Summary);
            found.MemoVersion.ShouldBe(kept.MemoVersion);
            found.Xml.ShouldBe(kept.Xml);
            found.Files.Select(Describe).ShouldBe(kept.Files.Select(Describe));
        }

        withValue.ShouldBe(MemoFields.All.Select(field => field.Path), ignoreOrder: true);
    }

    [Fact]
    public async Task Where_a_message_stands_comes_back()
    {
        var (kept, found) = await KeepAndFindAsync(new TestMemo().ToBytes(), message =>
        {
            message.RouteTo("byggesag");
            message.Accept(TestMessages.Now.AddSeconds(1));
        });

        found.Id.ShouldBe(kept.Id);
        (found.MessageUuid, found.TransmissionId, found.TransactionId, found.ReceivedAt, found.ContentType, found.State, found.Fagsystem, found.Receipt)
            .ShouldBe((kept.MessageUuid, kept.TransmissionId, kept.TransactionId, TestMessages.Now, kept.ContentType, MessageState.Accepted, "byggesag", kept.Receipt));
        found.ReceivedAt.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task What_was_wrong_with_a_message_comes_back()
    {
        var (kept, found) = await KeepAndFindAsync(Examples.ReadInvalid("wrong-order-1.2.xml"));

        found.State.ShouldBe(MessageState.Rejected);
        found.Violations.ShouldBe(kept.Violations);
        found.Violations.Count.ShouldBe(2);
        found.Receipt.ShouldBe(kept.Receipt);
        found.Memo.ShouldBeNull();
        found.Files.ShouldBeEmpty();
    }

    private static object Describe(MessageFile file) => (file.Number, file.Document, file.FileName, file.EncodingFormat, file.Language, file.Content);

    private async Task<(Message Kept, Message Found)> KeepAndFindAsync(byte[] body, Action<Message>? decide = null)
    {
        await using var reading = await _infrastructure.ReadAsync(body);
        var read = reading.ShouldBeOfType<MemoReading.Message>();
        var message = TestMessages.Receive(read.Memo);
        if (read.Memo.Rejection is { } rejection)
            message.Reject(rejection, TestMessages.Now);
        decide?.Invoke(message);
        (await _infrastructure.Messages.AddAsync(message, read.Contents, CancellationToken.None)).ShouldBeTrue();
        return (message, (await _infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None)).ShouldNotBeNull());
    }
}
