using System.Globalization;
using System.Text;
using PostModtag.Application.Memo;
using PostModtag.Domain.Memo;

namespace PostModtag.Fuzz;

/// <summary>All that a reading says, as a text to compare.</summary>
internal static class ReadingText
{
    public static string Of(MemoReading reading)
    {
        var text = new StringBuilder();
        if (reading is MemoReading.NotAMessage none)
            return $"{none.Reason} {none.Line} {none.Column}";
        if (reading is not MemoReading.Message { Memo: var memo })
            return "";
        text.AppendLine(CultureInfo.InvariantCulture, $"{memo.MessageUuid} {memo.MemoVersion} {memo.Rejection?.Code} {memo.Memo?.Files().Count()} files");
        foreach (var violation in memo.Rejection?.Violations ?? [])
            text.AppendLine(CultureInfo.InvariantCulture, $"{violation.XPath} {violation.Line} {violation.Column} {violation.Expected.English}");
        Describe(memo.Root!, memo.Rejection is null, text);
        return text.ToString();
    }

    private static void Describe(MemoElement element, bool withContents, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"{element.Namespace} {element.Name} {element.Line} {element.Column} {element.Text}");
        if (withContents && element.Content is { } content)
            text.Append(CultureInfo.InvariantCulture, $" content {content.Number}, {content.Length} bytes {content.Sha256}");
        text.AppendLine();
        foreach (var child in element.AllChildren)
            Describe(child, withContents, text);
    }
}
