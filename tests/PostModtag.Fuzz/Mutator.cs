using PostModtag.Testing;

namespace PostModtag.Fuzz;

/// <summary>Changes a body a few times, in ways that senders, proxies and attackers do. The same random numbers make the same changes.</summary>
internal sealed partial class Mutator
{
    private const int Largest = 60_000;

    private readonly Corpus _corpus;
    private readonly Random _random;
    private readonly Func<byte[], byte[]>[] _changes;

    public Mutator(Corpus corpus, Random random)
    {
        _corpus = corpus;
        _random = random;

        // What leaves the body well-formed stands first and several times: the rest ends most messages at once.
        Func<byte[], byte[]>[] harmless = [SetText, SetText, SetText, Dress, Dress, ChangeContent, ChangeContent, ChangeNamespaces, ChangeElement, ChangeElement, ChangeElement, ChangeAttribute, InsertFragment];
        _changes = [.. harmless, .. harmless, Transcode, ChangeBytes, ChangeTokens];
    }

    public byte[] Change(byte[] body)
    {
        for (var times = 1 + _random.Next(4); times > 0; times--)
            body = One(_changes)(body);
        return body.Length > Largest ? body[..Largest] : body;
    }

    private T One<T>(IReadOnlyList<T> many) => many[_random.Next(many.Count)];

    private bool OneIn(int chances) => _random.Next(chances) == 0;

    /// <summary>Changes one of the tokens of a kind; a body without any stays as it is.</summary>
    private byte[] ChangeOne(byte[] body, Func<string, bool> kind, Func<Markup, string, string> change)
    {
        var markup = new Markup(body);
        if (markup.Places(kind) is not { Count: > 0 } places)
            return body;
        var place = One(places);
        markup.Tokens[place] = change(markup, markup.Tokens[place]);
        return markup.ToBytes();
    }

    private byte[] ChangeBytes(byte[] body)
    {
        if (body.Length < 2)
            return body;
        var at = _random.Next(body.Length);
        var count = Math.Min(body.Length - at, 1 + _random.Next(OneIn(4) ? 200 : 4));
        switch (_random.Next(8))
        {
            case 0:
                body = [.. body];
                body[at] ^= (byte)(1 << _random.Next(8));
                return body;
            case 1:
                body = [.. body];
                body[at] = (byte)_random.Next(256);
                return body;
            case 2:
                return [.. body[..at], (byte)_random.Next(256), .. body[at..]];
            case 3:
                return [.. body[..at], .. body[(at + count)..]];
            case 4:
                return [.. body[..at], .. body[at..(at + count)], .. body[at..]];
            case 5:
                return body[..at];
            case 6:
                // Bytes that mean something, or that UTF-8 does not have.
                return [.. body[..at], .. One<byte[]>([[0], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBE], [0xF4, 0x90, 0x80, 0x80], [0xE6], [0xEF, 0xBB, 0xBF], [0xC2, 0x85], [0xF0, 0x9F, 0x92, 0x8C], "<"u8.ToArray(), "&"u8.ToArray(), "]]>"u8.ToArray()]), .. body[at..]];
            default:
                var other = _corpus.Any(_random);
                return [.. body[..at], .. other[_random.Next(other.Length)..]];
        }
    }

    private byte[] ChangeTokens(byte[] body)
    {
        var markup = new Markup(body);
        if (markup.Tokens.Count == 0)
            return body;
        var (at, to) = (_random.Next(markup.Tokens.Count), _random.Next(markup.Tokens.Count));
        switch (_random.Next(4))
        {
            case 0:
                markup.Tokens.RemoveAt(at);
                break;
            case 1:
                markup.Tokens.Insert(to, markup.Tokens[at]);
                break;
            case 2:
                (markup.Tokens[at], markup.Tokens[to]) = (markup.Tokens[to], markup.Tokens[at]);
                break;
            default:
                markup.Tokens.Insert(at, One(new Markup(_corpus.Any(_random)).Tokens));
                break;
        }

        return markup.ToBytes();
    }

    /// <summary>Puts something in between two tokens.</summary>
    private byte[] InsertFragment(byte[] body)
    {
        var markup = new Markup(body);
        markup.Tokens.Insert(_random.Next(markup.Tokens.Count + 1), markup.Written(One(Fragments.Between)));
        return markup.ToBytes();
    }

    /// <summary>Removes, doubles, moves, renames, empties, wraps or exchanges a whole element.</summary>
    private byte[] ChangeElement(byte[] body)
    {
        var markup = new Markup(body);
        var tokens = markup.Tokens;
        if (markup.Places(Markup.IsStart) is not { Count: > 1 } starts)
            return body;
        var at = starts[1 + _random.Next(starts.Count - 1)];
        var length = markup.LengthOf(at);
        var element = tokens.GetRange(at, length);
        switch (_random.Next(7))
        {
            case 0:
                tokens.RemoveRange(at, length);
                break;
            case 1:
                tokens.InsertRange(at, element);
                break;
            case 2:
                tokens.RemoveRange(at, length);
                tokens.InsertRange(_random.Next(tokens.Count + 1), element);
                break;
            case 3:
                var name = Markup.NameOf(tokens[at]);
                var renamed = OneIn(2) ? Markup.NameOf(tokens[One(starts)]) : One(Fragments.Names);
                tokens[at] = "<" + renamed + tokens[at][(1 + name.Length)..];
                if (length > 1)
                    tokens[at + length - 1] = $"</{renamed}>";
                break;
            case 4:
                if (length > 2)
                    tokens.RemoveRange(at + 1, length - 2);
                break;
            case 5:
                if (length > 1)
                {
                    tokens.RemoveAt(at + length - 1);
                    tokens.RemoveAt(at);
                }

                break;
            default:
                var other = new Markup(_corpus.Any(_random));
                var its = other.Places(token => Markup.IsStart(token) && Local(token) == Local(element[0]));
                if (its.Count == 0)
                    break;
                var from = One(its);
                tokens.RemoveRange(at, length);
                tokens.InsertRange(at, other.Tokens.GetRange(from, other.LengthOf(from)));
                break;
        }

        return markup.ToBytes();
    }

    private static string Local(string tag) => Markup.NameOf(tag).Split(':')[^1];

    private byte[] ChangeAttribute(byte[] body) => ChangeOne(body, Markup.IsStart, (markup, tag) =>
    {
        var end = tag.EndsWith("/>", StringComparison.Ordinal) ? tag.Length - 2 : tag.Length - 1;
        var quote = tag.IndexOfAny(['"', '\'']);
        var close = quote < 0 ? -1 : tag.IndexOf(tag[quote], quote + 1);
        if (close < 0 || OneIn(2))
            return tag[..end] + " " + markup.Written(One(Fragments.Attributes)) + tag[end..];
        return tag[..(quote + 1)] + markup.Written(Fragments.Escaped(One(Values.All))) + tag[close..];
    });
}
