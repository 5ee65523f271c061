using System.Text;
using PostModtag.Application.Memo;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Fuzz.Tests;

/// <summary>The fuzzer finds a reader that is wrong, makes the body small, and makes the same bodies again.</summary>
public sealed class FuzzerTests
{
    public static TheoryData<string, string> Wrongs => new()
    {
        { "takes what it should reject", "to .NET it is Invalid" },
        { "fails", "The reader ended in" },
        { "quotes", "is quoted" },
        { "keeps another body", "was not kept as it came" },
        { "takes one way only", "Cut, it is:" },
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task A_reader_that_is_wrong_is_found(string how, string fault)
    {
        using var right = new FuzzedReader();
        using var fuzzer = new Fuzzer(new FuzzedReader { Reader = new WrongReader(right.Reader, how) });
        var body = new TestMemo { Label = "", ExtraHeader = "<memo:unknown/>" }.ToBytes();

        (await fuzzer.FaultAsync(body, int.MaxValue)).ShouldNotBeNull().ShouldContain(fault);
    }

    [Fact]
    public async Task A_file_or_a_field_that_is_read_as_something_else_is_found()
    {
        using var right = new FuzzedReader();
        using var fuzzer = new Fuzzer(new FuzzedReader { Reader = new WrongReader(right.Reader, "reads another") });

        (await fuzzer.FaultAsync(new TestMemo().ToBytes(), int.MaxValue)).ShouldNotBeNull().ShouldContain("another");
    }

    [Fact]
    public async Task A_reader_that_leaves_something_behind_is_found()
    {
        var reader = new FuzzedReader();
        using var fuzzer = new Fuzzer(reader);
        await File.WriteAllTextAsync(Path.Combine(reader.Incoming, "left"), "");

        (await fuzzer.FaultAsync(new TestMemo().ToBytes(), int.MaxValue)).ShouldNotBeNull().ShouldContain("left in incoming/");
    }

    [Fact]
    public async Task Nothing_is_wrong_with_a_message_whose_answer_is_right()
    {
        using var fuzzer = new Fuzzer();

        foreach (var example in Examples.Valid)
            (await fuzzer.FaultAsync(Examples.ReadValid(example), 4_096)).ShouldBeNull(example);
    }

    [Fact]
    public void The_same_seed_makes_the_same_bodies()
    {
        static byte[] Made(int seed)
        {
            var random = new Random(seed);
            var corpus = new Corpus();
            return new Mutator(corpus, random).Change(corpus.Any(random));
        }

        foreach (var seed in Enumerable.Range(0, 100))
            Made(seed).ShouldBe(Made(seed));
        Enumerable.Range(0, 100).Select(seed => Convert.ToHexString(Made(seed))).Distinct().Count().ShouldBeGreaterThan(90);
    }

    [Fact]
    public async Task A_body_is_made_small_as_long_as_it_is_wrong()
    {
        var body = new TestMemo { ExtraHeader = "<memo:unknown/>" }.ToBytes();

        var small = await Minimiser.MinimiseAsync(body, less => Task.FromResult(Encoding.UTF8.GetString(less).Contains("unknown", StringComparison.Ordinal)));

        Encoding.UTF8.GetString(small).ShouldBe("<memo:unknown/>");
    }

    /// <summary>Answers as the right one, but for one thing.</summary>
    private sealed class WrongReader(IMemoReader right, string how) : IMemoReader
    {
        public async Task<MemoReading> ReadAsync(Stream body, Encoding? charset, CancellationToken cancellationToken)
        {
            if (how == "fails")
                throw new InvalidOperationException("Wrong.");
            if (how == "takes one way only" && charset is UTF8Encoding)
                return new MemoReading.NotAMessage(NotAMessageReason.NotXml, 1, 1);
            var reading = await right.ReadAsync(body, charset, cancellationToken);
            return reading is MemoReading.Message message ? new MemoReading.Message(Changed(message.Memo), message.Contents) : reading;
        }

        private ReceivedMemo Changed(ReceivedMemo memo) => new()
        {
            MessageUuid = how == "reads another" ? Guid.NewGuid() : memo.MessageUuid,
            Xml = how == "keeps another body" ? memo.Xml with { Length = 1 } : memo.Xml,
            MemoVersion = memo.MemoVersion,
            Summary = memo.Summary,
            Memo = memo.Memo,
            Root = memo.Root,
            Rejection = how switch
            {
                "takes what it should reject" => null,
                "quotes" => memo.Rejection! with { Message = "Ida Opdigtet" },
                _ => memo.Rejection,
            },
        };
    }
}
