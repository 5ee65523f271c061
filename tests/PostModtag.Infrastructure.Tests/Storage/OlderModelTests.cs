using Microsoft.EntityFrameworkCore;
using PostModtag.Application.Memo;
using PostModtag.Application.Storage;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Storage;

/// <summary>What an older program kept of a message need not fit the model that is generated today.</summary>
public sealed class OlderModelTests : IAsyncLifetime
{
    private TestInfrastructure _infrastructure = null!;

    public static TheoryData<string> Kept => ["{\"MemoVersion\":1.2}", "{", "[]", "{\"MemoVersion\":\"x\"}"];

    public async Task InitializeAsync() => _infrastructure = await TestInfrastructure.StartAsync();

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task The_list_goes_on_without_it(string memo)
    {
        await _infrastructure.KeepAsync(new TestMemo());
        var message = await _infrastructure.KeepAsync(TestMessages.WithFile(10));
        await KeepAsJsonAsync(message, memo, "{");

        var page = await _infrastructure.Messages.FindPageAsync(new MessageFilter(), null, 10, CancellationToken.None);

        page.Count.ShouldBe(2);
        (page[0].MessageUuid, page[0].Summary, page[0].Size, page[0].FileCount, page[0].State)
            .ShouldBe((message.MessageUuid, message.Summary, message.Xml.Length, 2, message.State));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task The_message_itself_is_read_again_from_its_bytes(string memo)
    {
        var message = await _infrastructure.KeepAsync(TestMessages.WithFile(200_000), before: message => message.RouteTo("indbakke"));
        await KeepAsJsonAsync(message, memo, "[]");

        var found = (await _infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None)).ShouldNotBeNull();

        Same(found.Memo, message.Memo);
        (found.Summary, found.Files.Count, found.State, found.Fagsystem).ShouldBe((message.Summary, 2, MessageState.Received, "indbakke"));
        _infrastructure.IncomingFiles().ShouldBeEmpty();
        found.Accept(TestMessages.Now);
        await _infrastructure.Messages.UpdateAsync(new MessageChange { Message = found }, CancellationToken.None);
        (await _infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None)).ShouldNotBeNull().Receipt.ShouldBe(found.Receipt);
    }

    [Fact]
    public async Task What_was_wrong_with_it_is_found_again()
    {
        await using var reading = await _infrastructure.ReadAsync(Examples.ReadInvalid("wrong-order-1.2.xml"));
        var read = reading.ShouldBeOfType<MemoReading.Message>();
        var message = TestMessages.Receive(read.Memo);
        message.Reject(read.Memo.Rejection.ShouldNotBeNull(), TestMessages.Now);
        await _infrastructure.Messages.AddAsync(message, read.Contents, CancellationToken.None);
        await KeepAsJsonAsync(message, null, "{}");

        var found = (await _infrastructure.Messages.FindAsync(message.MessageUuid, CancellationToken.None)).ShouldNotBeNull();

        found.Memo.ShouldBeNull();
        found.Violations.ShouldBe(message.Violations);
        found.Violations.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_messages_that_came_to_the_rules_are_read_one_and_all()
    {
        var messages = new List<Message>();
        for (var i = 0; i < 3; i++)
            messages.Add(await _infrastructure.KeepAsync(new TestMemo(), before: message => message.RouteTo("indbakke")));
        await KeepAsJsonAsync(messages[1], "{}", "[]");

        var found = new List<RoutedRecord>();
        await foreach (var record in _infrastructure.Messages.ReadRoutedAsync(messages[0].Summary.RecipientId!, TestMessages.Now, CancellationToken.None))
            found.Add(record);

        found.Select(record => record.Id).ShouldBe(messages.Select(message => message.Id).Reverse());
        Same(found[1].Memo, messages[1].Memo);
    }

    private static void Same(MemoMessage? found, MemoMessage? kept)
    {
        foreach (var field in MemoFields.All)
            field.Values(found.ShouldNotBeNull()).ShouldBe(field.Values(kept.ShouldNotBeNull()), field.Path);
        found!.Files().Select(file => file.File).ShouldBe(kept!.Files().Select(file => file.File));
    }

    private async Task KeepAsJsonAsync(Message message, string? memo, string violations)
    {
        await using var database = await _infrastructure.Databases.CreateDbContextAsync();
        (await database.Database.ExecuteSqlAsync($"UPDATE \"Messages\" SET \"Memo\" = {memo}, \"Violations\" = {violations} WHERE \"Id\" = {message.Id}")).ShouldBe(1);
    }
}
