using System.Buffers;
using System.Xml;
using PostModtag.Application.Storage;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Infrastructure.Memo;

/// <summary>
/// Goes over a message once: checks each element as it comes, decodes the files on the way, and keeps the rest as a
/// tree of <see cref="MemoElement"/>. Nothing that a sender makes long is ever held whole.
/// </summary>
internal sealed class MemoParser(
    XmlReader reader, MemoSchemas schemas, IStagedContents contents, CancellationToken cancellationToken, MarkupAllowance? allowance = null, XmlTextFilter? text = null, ContentCutter? cutter = null)
{
    /// <summary>The deepest element that is taken. MeMo's own goes to 7.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most elements that are taken.</summary>
    public const int MaxElements = 100_000;

    /// <summary>The most attributes of an element that are taken.</summary>
    public const int MaxAttributes = 64;

    /// <summary>The most bytes, or a little more, that are read to come to the next tag, text or comment: long tags, long comments.</summary>
    public const int MaxMarkupLength = 1_000_000;

    /// <summary>The most characters of text outside the files that are kept.</summary>
    public const int MaxTextLength = 4_000_000;

    /// <summary>The most characters of names and namespaces that are kept: the XML reader forgets none.</summary>
    public const int MaxNamesLength = 4_000_000;

    /// <summary>A longer text of one element is too long for every type of MeMo's, and is not kept further.</summary>
    private const int LongestText = 4_096;

    private const string XmlNamespaces = "http://www.w3.org/2000/xmlns/";

    private readonly IXmlLineInfo _position = (IXmlLineInfo)reader;
    private readonly Stack<OpenElement> _frames = new();
    private readonly MessageFiles _files = new(contents, cancellationToken);
    private readonly CutPlaces _places = new();
    private readonly char[] _piece = ArrayPool<char>.Shared.Rent(Base64Decoder.MaxPiece);
    private readonly bool _isAsync = reader.Settings!.Async;
    private MemoSchema? _schema;
    private int _elements;
    private int _textLength;
    private int _namesLength;

    /// <summary>The root element as far as it was read; null when the root is not MeMo's Message.</summary>
    public MemoElement? Root { get; private set; }

    /// <summary>The version whose schema the message is checked with; null when there is none.</summary>
    public string? Version => _schema?.Version;

    /// <summary>What is wrong.</summary>
    public ViolationList Violations { get; } = new();

    /// <summary>Whether the message went over a limit of the structure; then it was not read to its end.</summary>
    public bool LimitExceeded { get; private set; }

    /// <summary>The line that was reached.</summary>
    public int Line => _places.LineOf(_position.LineNumber);

    /// <summary>The column that was reached.</summary>
    public int Column => _places.ColumnOf(_position.LineNumber, RawColumn);

    private int RawColumn => text?.ColumnOf(_position.LineNumber, _position.LinePosition) ?? _position.LinePosition;

    /// <summary>Reads to the end of the document, or until it is clear that it is no MeMo message, or exceeds a limit.</summary>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public async Task ParseAsync()
    {
        try
        {
            await ParseNodesAsync();
        }
        finally
        {
            ArrayPool<char>.Shared.Return(_piece);
            _files.Close();
        }
    }

    /// <summary>Drops the decoded files: of a message that breaks the schema only the XML is kept.</summary>
    public void DiscardFiles() => _files.Discard();

    private async Task ParseNodesAsync()
    {
        while (!LimitExceeded && await ReadNodeAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var isEmpty = reader.IsEmptyElement;
                    if (!Start())
                        return;
                    if (isEmpty)
                        await EndAsync();
                    break;
                case XmlNodeType.EndElement:
                    await EndAsync();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when _frames.Count > 0:
                    await TextAsync();
                    break;
            }
        }
    }

    private async ValueTask<bool> ReadNodeAsync()
    {
        if (!_isAsync)
            return reader.Read();
        if (allowance is null)
            return await reader.ReadAsync();
        try
        {
            allowance.Begin();
            return await reader.ReadAsync();
        }
        catch (MarkupTooLongException)
        {
            LimitExceeded = true;
            return false;
        }
        finally
        {
            allowance.End();
        }
    }

    private bool Start()
    {
        var element = new MemoElement(reader.NamespaceURI, reader.LocalName) { Line = Line, Column = Column };
        if (_frames.Count == 0)
            return StartMessage(element);

        var parent = _frames.Peek();
        LimitExceeded = ++_elements > MaxElements || _frames.Count >= MaxDepth || reader.AttributeCount > MaxAttributes || NamesAreTooLong();
        if (LimitExceeded)
            return true;

        parent.Element.Add(element);
        var frame = new OpenElement(element, parent);
        _frames.Push(frame);
        if (parent.Type is not { } type)
            return true;

        if (type.IsSimple)
        {
            Report(frame, new BilingualText("forventede ingen elementer her, kun tekst", "expected no elements here, only text"));
            return true;
        }

        frame.Declaration = parent.Children.Next(element.Namespace, element.Name, out var expected);
        if (expected is not null)
            Report(frame, expected);
        StartChecked(frame);
        return true;
    }

    private bool NamesAreTooLong()
    {
        _namesLength += reader.LocalName.Length;
        while (reader.MoveToNextAttribute())
            _namesLength += reader.LocalName.Length + (reader.NamespaceURI == XmlNamespaces ? reader.Value.Length : 0);
        reader.MoveToElement();
        return _namesLength > MaxNamesLength;
    }

    private bool StartMessage(MemoElement element)
    {
        if (element is not { Name: "Message", Namespace: MemoNamespaces.Memo })
            return false;

        Root = element;
        var frame = new OpenElement(element, null);
        _frames.Push(frame);
        _schema = schemas.Find(reader.GetAttribute("memoVersion"));
        if (_schema is null)
        {
            var versions = schemas.Versions.ToList();
            reader.MoveToAttribute("memoVersion");
            Violations.Add(new Violation("/memo:Message/@memoVersion", Line, Column, new BilingualText(
                "forventede " + string.Join(" eller ", versions), "expected " + string.Join(" or ", versions))));
            reader.MoveToElement();
            return true;
        }

        frame.Declaration = _schema.Message;
        StartChecked(frame);
        return true;
    }

    private void StartChecked(OpenElement frame)
    {
        if (frame.Type is not { } type)
            return;

        frame.Children = new ContentModel(type);
        CheckAttributes(frame, type);
        if (!type.IsContent)
            return;
        frame.IsContent = _files.TryBegin();
        LimitExceeded |= !frame.IsContent;
    }

    private void CheckAttributes(OpenElement frame, SchemaType type)
    {
        var found = 0;
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == XmlNamespaces)
                continue;
            if (reader.NamespaceURI == MemoNamespaces.SchemaInstance)
                CheckInstanceAttribute(frame, type);
            else if (type.Attributes.Find(attribute => attribute.Name.Name == reader.LocalName && attribute.Name.Namespace == reader.NamespaceURI) is not { } declared)
                ReportAttribute(frame, new BilingualText("forventede ikke denne attribut", "expected no such attribute"));
            else
            {
                found += declared.Required ? 1 : 0;
                frame.Element.AddAttribute(declared.Name.Name, reader.Value);
                if (!declared.Type.Allows(reader.Value))
                    ReportAttribute(frame, declared.Type.Expected);
            }
        }

        reader.MoveToElement();
        if (found == type.Attributes.Count(attribute => attribute.Required))
            return;
        foreach (var missing in type.Attributes.Where(attribute => attribute.Required && frame.Element.Attribute(attribute.Name.Name) is null))
        {
            Report(frame, new BilingualText($"forventede attributten {missing.Name.Name}", $"expected the attribute {missing.Name.Name}"));
        }
    }

    /// <summary>xsi:schemaLocation says nothing here; xsi:type may only name what is declared; xsi:nil may never be true.</summary>
    private void CheckInstanceAttribute(OpenElement frame, SchemaType type)
    {
        switch (reader.LocalName)
        {
            case "schemaLocation" or "noNamespaceSchemaLocation":
                return;
            case "type":
                var parts = reader.Value.Trim().Split(':', 2);
                var @namespace = reader.LookupNamespace(parts.Length == 2 ? parts[0] : "") ?? "";
                if (!_schema!.MayStandFor(new XmlQualifiedName(parts[^1], @namespace), type))
                    ReportAttribute(frame, new BilingualText("forventede elementets egen type", "expected the element's own type"));
                return;
            default:
                ReportAttribute(frame, new BilingualText("forventede ikke denne attribut", "expected no such attribute"));
                return;
        }
    }

    private async ValueTask TextAsync()
    {
        var frame = _frames.Peek();
        while (!LimitExceeded)
        {
            var length = _isAsync ? await reader.ReadValueChunkAsync(_piece, 0, Base64Decoder.MaxPiece) : reader.ReadValueChunk(_piece, 0, Base64Decoder.MaxPiece);
            if (length == 0)
                return;
            if (frame.IsContent)
                await ContentAsync(frame, _piece.AsMemory(0, length));
            else if (frame.Type is { IsSimple: false })
                CheckNoText(frame, _piece.AsSpan(0, length));
            else
                KeepText(frame, _piece.AsSpan(0, length));
        }
    }

    private void CheckNoText(OpenElement frame, ReadOnlySpan<char> text)
    {
        if (frame.TextReported || text.IndexOfAnyExcept(" \t\r\n") < 0)
            return;
        frame.TextReported = true;
        Report(frame, Line, Column, new BilingualText("forventede ingen tekst her, kun elementer", "expected no text here, only elements"));
    }

    private void KeepText(OpenElement frame, ReadOnlySpan<char> text)
    {
        // A character has two units at most.
        var room = Math.Min(text.Length, 2 * LongestText - frame.Text.Length);
        frame.Text.Append(text[..room]);
        frame.TextTooLong |= room < text.Length;
        LimitExceeded = (_textLength += room) > MaxTextLength;
    }

    private async ValueTask EndAsync()
    {
        var frame = _frames.Pop();
        if (frame.IsContent)
        {
            if (!await _files.EndAsync(frame))
                Report(frame, frame.Type!.Expected);
            return;
        }

        frame.Element.Text = frame.TakeText();
        if (frame.Type is not { } type)
            return;
        if (!type.IsSimple)
        {
            if (frame.Children.End() is { } missing)
                Report(frame, Line, Column, missing);
        }
        else if (frame.TextTooLong || IsTooLong(frame.Element.Text) || !(frame.Element.Text.Length == 0 && frame.Declaration!.HasDefault) && !type.Allows(frame.Element.Text))
        {
            Report(frame, type.Expected);
        }
    }

    private static bool IsTooLong(string text) => text.Length > LongestText && text.EnumerateRunes().Count() > LongestText;

    /// <summary>A piece of a content, or the mark of one that the cutter has decoded already.</summary>
    private ValueTask ContentAsync(OpenElement frame, ReadOnlyMemory<char> piece)
    {
        if (cutter is null || piece.Span[0] != ContentCutter.Mark)
            return frame.Cut is null ? _files.DecodeAsync(frame, piece.Span) : throw new NotCuttableException();
        if (piece.Length > 1 || frame.Content is not null)
            throw new NotCuttableException();
        frame.Cut = cutter.Claim();
        _places.Add(frame.Cut, _position.LineNumber, RawColumn);
        return default;
    }

    private void Report(OpenElement frame, BilingualText expected) => Report(frame, frame.Element.Line, frame.Element.Column, expected);

    private void ReportAttribute(OpenElement frame, BilingualText expected) =>
        Report(frame, Line, Column, expected, $"/@{MemoNamespaces.Step(reader.NamespaceURI, reader.LocalName)}");

    // The way to an element goes past all before it: it is not looked for when nobody would see it.
    private void Report(OpenElement frame, int line, int column, BilingualText expected, string attribute = "")
    {
        if (!Violations.IsFull)
            Violations.Add(new Violation(frame.XPath() + attribute, line, column, expected));
    }
}
