namespace PostModtag.Domain.Memo;

public sealed partial record MemoMessage
{
    private const string BodyPath = "/memo:Message/memo:MessageBody";

    /// <summary>The message's files with the document that each belongs to, in the order of the message.</summary>
    public IEnumerable<MemoFileInDocument> Files()
    {
        if (MessageBody is not { } body)
            return [];
        return
        [
            .. InDocument(DocumentKind.MainDocument, $"{BodyPath}/memo:MainDocument", body.MainDocument.File),
            .. body.AdditionalDocument.SelectMany((document, i) =>
                InDocument(DocumentKind.AdditionalDocument, $"{BodyPath}/memo:AdditionalDocument[{i + 1}]", document.File)),
            .. body.TechnicalDocument.SelectMany((document, i) =>
                InDocument(DocumentKind.TechnicalDocument, $"{BodyPath}/memo:TechnicalDocument[{i + 1}]", document.File)),
        ];
    }

    private static IEnumerable<MemoFileInDocument> InDocument(DocumentKind kind, string path, IEnumerable<MemoFile> files) =>
        files.Select((file, i) => new MemoFileInDocument(kind, file, $"{path}/memo:File[{i + 1}]"));
}

/// <summary>A file with the document it belongs to.</summary>
/// <param name="Document">The kind of document.</param>
/// <param name="File">The file.</param>
/// <param name="XPath">Where the file stands in the message, without its values.</param>
public sealed record MemoFileInDocument(DocumentKind Document, MemoFile File, string XPath);

/// <summary>The kinds of documents in a MeMo MessageBody.</summary>
public enum DocumentKind
{
    /// <summary>The letter itself.</summary>
    MainDocument,

    /// <summary>An enclosure, shown to people.</summary>
    AdditionalDocument,

    /// <summary>Data for a machine, not shown to people.</summary>
    TechnicalDocument,
}
