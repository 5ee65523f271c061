using PostModtag.Application.Memo;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

public sealed class SizeLimitTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public async Task A_body_of_just_the_greatest_size_is_taken_and_one_byte_more_is_not(int more, bool taken)
    {
        var body = new TestMemo().ToBytes();
        await using var infrastructure = TestInfrastructure.ForReading(options => (options.MaxMessageBytes, options.InlineContentBytes) = (body.Length - more, 0));

        await using var reading = await infrastructure.ReadAsync(body);

        if (taken)
        {
            reading.ShouldBeOfType<MemoReading.Message>().Memo.Rejection.ShouldBeNull();
        }
        else
        {
            reading.ShouldBeOfType<MemoReading.NotAMessage>().Reason.ShouldBe(NotAMessageReason.TooLarge);
            infrastructure.IncomingFiles().ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("<!-- -->")]
    public async Task What_comes_after_the_message_counts(string rest)
    {
        byte[] body = [.. new TestMemo().ToBytes(), .. System.Text.Encoding.UTF8.GetBytes(rest)];
        await using var infrastructure = TestInfrastructure.ForReading(options => options.MaxMessageBytes = body.Length - rest.Length);

        (await infrastructure.ReadNoMessageAsync(body)).Reason.ShouldBe(NotAMessageReason.TooLarge);
    }

    [Fact]
    public async Task A_body_that_is_no_message_counts_to_its_end()
    {
        await using var infrastructure = TestInfrastructure.ForReading(options => options.MaxMessageBytes = 1_000);

        (await infrastructure.ReadNoMessageAsync([.. "<a/>"u8, .. new byte[996]])).Reason.ShouldBe(NotAMessageReason.MessageUuidMissing);
        (await infrastructure.ReadNoMessageAsync([.. "<a/>"u8, .. new byte[997]])).Reason.ShouldBe(NotAMessageReason.TooLarge);
    }
}
