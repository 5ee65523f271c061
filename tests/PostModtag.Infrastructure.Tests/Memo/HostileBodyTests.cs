using PostModtag.Application.Memo;
using PostModtag.Testing;

namespace PostModtag.Infrastructure.Tests.Memo;

/// <summary>A large body made of what does harm elsewhere gets the right answer, in bounded memory, and nothing is left of it.</summary>
[Collection(nameof(Alone))]
public sealed class HostileBodyTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    // Twenty times what any of it may be.
    private const int Large = 20_000_000;

    private const int Largest = 99_500_000;

    // What 100,000 elements take that are kept with their places; whatever else a body is made of takes less.
    private const long MostHeld = 40_000_000;

    public static TheoryData<string> Bodies => [.. HostileBody.All.Select(body => body.Name)];

    [Theory]
    [MemberData(nameof(Bodies))]
    public Task Whatever_it_is_made_of(string name) => ShouldBeSurvivedAsync(HostileBody.All.Single(body => body.Name == name), Large);

    [Theory]
    [InlineData("white space before the message")]
    [InlineData("white space between elements")]
    [InlineData("white space in a content")]
    [InlineData("white space after the message")]
    public Task One_hundred_megabytes_of_white_space(string name) => ShouldBeSurvivedAsync(HostileBody.All.Single(body => body.Name == name), Largest);

    [Theory]
    [InlineData("messages one after another")]
    [InlineData("end tags that nothing began")]
    [InlineData("CDATA around everything")]
    [InlineData("bytes that are no characters")]
    [InlineData("a document type, its entities of entities")]
    [InlineData("a document type, its declarations from elsewhere")]
    public async Task What_is_no_XML_from_its_beginning_is_not_read_to_its_end(string name)
    {
        await using var body = HostileBody.All.Single(hostile => hostile.Name == name).Open(Largest);

        await using var reading = await reader.Infrastructure.Reader.ReadAsync(body, null, CancellationToken.None);

        // As far as what is left when contents are cut out may go, and a buffer more.
        body.Position.ShouldBeLessThan(1_000_000);
    }

    private async Task ShouldBeSurvivedAsync(HostileBody hostile, int length)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var body = new Watched(hostile.Open(length), length / 8);

        await using (var reading = await reader.Infrastructure.Reader.ReadAsync(body, null, CancellationToken.None))
            AnswerOf(reading).ShouldBe(hostile.Answer);

        (body.MostHeld - before).ShouldBeLessThan(MostHeld);
        reader.Infrastructure.IncomingFiles().ShouldBeEmpty();
    }

    private static string AnswerOf(MemoReading reading) => reading switch
    {
        MemoReading.NotAMessage none => none.Reason.ToString(),
        MemoReading.Message { Memo.Rejection: { } rejection } => rejection.Code,
        _ => HostileBody.Valid,
    };

    /// <summary>Looks every so many bytes at how much memory is held, after all that is not has been collected: no chance is in it.</summary>
    private sealed class Watched(Stream body, int every) : MemoryStream
    {
        private long _read;
        private long _next;

        public long MostHeld { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read >= _next)
            {
                _next = _read + every;
                MostHeld = Math.Max(MostHeld, GC.GetTotalMemory(forceFullCollection: true));
            }

            var count = await body.ReadAsync(buffer, cancellationToken);
            _read += count;
            return count;
        }
    }
}
