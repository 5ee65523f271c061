using CsCheck;
using PostModtag.Application.Memo;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>A body that breaks off, or is damaged, leaves nothing behind.</summary>
public sealed class BrokenBodyTests : IAsyncLifetime
{
    private static readonly byte[] Body = Large();

    // Every content goes to a file, so that what is left behind can be seen.
    private readonly TestInfrastructure _infrastructure = TestInfrastructure.ForReading(options => options.InlineContentBytes = 0);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _infrastructure.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(500)]
    [InlineData(90_000)]
    [InlineData(-1)]
    public async Task A_body_that_breaks_fails_and_leaves_nothing(int after)
    {
        using var body = new BreakingStream(Body, after < 0 ? Body.Length : after, () => throw new IOException("The sender went away."));

        await Should.ThrowAsync<IOException>(() => _infrastructure.Reader.ReadAsync(body, null, CancellationToken.None));

        _infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_is_cancelled_leaves_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        using var body = new BreakingStream(Body, 90_000, () =>
        {
            _infrastructure.IncomingFiles().ShouldNotBeEmpty();
            cancellation.Cancel();
        });

        await Should.ThrowAsync<OperationCanceledException>(() => _infrastructure.Reader.ReadAsync(body, null, cancellation.Token));

        _infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_that_ends_too_soon_is_not_XML_and_leaves_nothing()
    {
        (await _infrastructure.ReadNoMessageAsync(Body[..90_000])).Reason.ShouldBe(NotAMessageReason.NotXml);

        _infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_that_ends_at_whichever_byte_is_no_message_and_leaves_nothing()
    {
        var body = new TestMemo().ToBytes();

        for (var length = 0; length < body.Length; length++)
            (await _infrastructure.ReadNoMessageAsync(body[..length])).Reason.ShouldBe(length == 0 ? NotAMessageReason.Empty : NotAMessageReason.NotXml, $"{length}");

        _infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_is_not_kept_leaves_nothing()
    {
        await using (await _infrastructure.ReadAsync(Body))
            _infrastructure.IncomingFiles().ShouldHaveSingleItem();

        _infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Nor_do_files_that_are_decoded_when_the_message_is_read()
    {
        var memo = Storage.TestMessages.WithFile(50_000);
        await using (await _infrastructure.ReadAsync(memo.ToBytes()))
            _infrastructure.IncomingFiles().Count.ShouldBe(1 + memo.Files.Count);

        _infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_message_that_breaks_the_schema_only_the_XML_waits_to_be_kept()
    {
        var memo = new TestMemo { MessageType = "BREV" };

        await using (await _infrastructure.ReadAsync(memo.ToBytes()))
            _infrastructure.IncomingFiles().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task However_a_body_is_damaged_the_answer_is_a_message_or_none()
    {
        var body = Examples.ReadValid("every-element-1.2.xml");
        await Gen.Select(Gen.Int[0, body.Length - 1], Gen.Int[0, 3], Gen.Byte).Array[1, 4].SampleAsync(
            async damages =>
            {
                var damaged = body.ToList();
                foreach (var (place, kind, value) in damages)
                {
                    var at = Math.Min(place, damaged.Count - 1);
                    if (kind == 0)
                        damaged[at] = value;
                    else if (kind == 1)
                        damaged.Insert(at, value);
                    else if (kind == 2 && damaged.Count > 1)
                        damaged.RemoveAt(at);
                    else
                        damaged.RemoveRange(at, Math.Min(value, damaged.Count - at - 1));
                }

                await using (await _infrastructure.ReadAsync([.. damaged]))
                {
                }
            },
            iter: 400, threads: 1);

        _infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    private static byte[] Large()
    {
        var memo = new TestMemo();
        memo.Files.Add(("bilag.bin", "image/png", new byte[200_000]));
        return memo.ToBytes();
    }

    /// <summary>Gives what it has and then does what it is told.</summary>
    private sealed class BreakingStream(byte[] bytes, int after, Action then) : MemoryStream(bytes[..after])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Read(buffer.Span[..Math.Min(buffer.Length, 4_096)]);
            if (count == 0)
                then();
            cancellationToken.ThrowIfCancellationRequested();
            return new ValueTask<int>(count);
        }
    }
}
