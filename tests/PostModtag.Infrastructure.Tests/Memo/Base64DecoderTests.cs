using CsCheck;
using PostModtag.Infrastructure.Memo;

namespace PostModtag.Infrastructure.Tests.Memo;

public sealed class Base64DecoderTests
{
    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 300];

    private static readonly Gen<int[]> Pieces = Gen.Int[0, 9].Array[1, 8];

    private static readonly Gen<string> WhiteSpace = Gen.String[Gen.Char[" \t\r\n"], 0, 3];

    [Fact]
    public void Whatever_the_pieces_and_the_white_space_the_bytes_are_those_that_were_encoded() =>
        Gen.Select(Bytes, Pieces, WhiteSpace.Array[1, 7]).Sample((bytes, pieces, spaces) =>
        {
            var digits = Convert.ToBase64String(bytes);
            var text = string.Concat(digits.Select((digit, i) => spaces[i % spaces.Length] + digit)) + spaces[^1];
            Decode(text, pieces).ShouldBe(bytes);
        });

    [Fact]
    public void Of_any_text_it_makes_what_NET_makes_of_it_or_nothing() =>
        Gen.Select(Gen.String[Gen.Char["ABCDwxyz0189+/== \t\r\n-_!é\u00A0Ａ\u0141"], 0, 24], Pieces).Sample(
            (text, pieces) => Decode(text, pieces).ShouldBe(DecodeWithNet(text)), iter: 20_000);

    [Fact]
    public void Of_digits_and_padding_it_makes_what_NET_makes_of_them_or_nothing() =>
        Gen.Select(Gen.String[Gen.Char["AQgw/=="], 0, 13], Pieces).Sample(
            (text, pieces) => Decode(text, pieces).ShouldBe(DecodeWithNet(text)), iter: 20_000);

    [Fact]
    public void A_text_that_is_cut_short_fails_unless_it_ends_after_four_digits() =>
        Gen.Select(Gen.Byte.Array[4, 100], Gen.Int[1, 3]).Sample((bytes, cut) =>
        {
            var whole = Convert.ToBase64String(bytes).TrimEnd('=');
            var text = whole[..(whole.Length / 4 * 4 - cut)];
            Decode(text, [7]).ShouldBeNull();
        });

    [Fact]
    public void One_wrong_character_anywhere_fails() =>
        Gen.Select(Gen.Byte.Array[1, 100], Gen.Int[0, 1_000], Gen.Char["-_!.,;*#%&<>\"'\u0000\u00A0\u2003\u2028éＡ"], Pieces).Sample((bytes, at, wrong, pieces) =>
        {
            var text = Convert.ToBase64String(bytes);
            Decode(text.Insert(at % (text.Length + 1), wrong.ToString()), pieces).ShouldBeNull();
        });

    [Fact]
    public void Pieces_of_the_greatest_length_are_taken()
    {
        var bytes = new byte[Base64Decoder.MaxPiece * 3];
        new Random(1).NextBytes(bytes);

        Decode(Convert.ToBase64String(bytes), [Base64Decoder.MaxPiece]).ShouldBe(bytes);
        Decode(Convert.ToBase64String(bytes), [Base64Decoder.MaxPiece, 1, Base64Decoder.MaxPiece - 1, 3]).ShouldBe(bytes);
    }

    [Fact]
    public void A_longer_piece_is_a_mistake_of_the_caller() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Base64Decoder().Decode(new string('A', Base64Decoder.MaxPiece + 1)));

    [Fact]
    public void After_a_fault_nothing_more_comes_until_it_is_reset()
    {
        var decoder = new Base64Decoder();
        decoder.Decode("AA!AQUJD").IsEmpty.ShouldBeTrue();

        decoder.Failed.ShouldBeTrue();
        decoder.Decode("QUJDQUJD").IsEmpty.ShouldBeTrue();
        decoder.Complete().IsEmpty.ShouldBeTrue();

        decoder.Reset();
        decoder.Failed.ShouldBeFalse();
        decoder.Decode("QUJD");
        decoder.Complete().ToArray().ShouldBe("ABC"u8.ToArray());
    }

    /// <summary>The bytes, or null when it failed.</summary>
    private static byte[]? Decode(string text, int[] pieces)
    {
        var decoder = new Base64Decoder();
        var bytes = new MemoryStream();
        for (int at = 0, i = 0; at < text.Length; i++)
        {
            // One character at least where all pieces are empty.
            var length = Math.Min(pieces[i % pieces.Length] + (i % 50 == 49 ? 1 : 0), text.Length - at);
            bytes.Write(decoder.Decode(text.AsSpan(at, length)).Span);
            at += length;
        }

        bytes.Write(decoder.Complete().Span);
        return decoder.Failed ? null : bytes.ToArray();
    }

    private static byte[]? DecodeWithNet(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
