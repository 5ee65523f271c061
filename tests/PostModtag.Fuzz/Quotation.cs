using System.Xml;
using PostModtag.Domain.Messages;
using PostModtag.Testing;

namespace PostModtag.Fuzz;

/// <summary>No text of a message may stand in what is said about it: a value is personal data.</summary>
internal static class Quotation
{
    // A shorter text stands in any sentence by chance.
    private const int Shortest = 6;

    // What the schemas say themselves may be said: names, and the values that are allowed.
    private static readonly string Known = "Base64 " + string.Concat(
        Directory.EnumerateFiles(Repository.PathOf("api-spec", "memo"), "*.xsd", SearchOption.AllDirectories).Select(File.ReadAllText));

    /// <summary>What of the body is quoted, as a place in it; null when nothing is.</summary>
    public static string? FaultOf(byte[] body, Rejection rejection)
    {
        var said = string.Join('\n', rejection.Violations.Select(violation => violation.ToString()).Append(rejection.Message));
        var (values, names) = Read(body);
        var quoted = values.Find(value => said.Contains(value.Text, StringComparison.Ordinal) && !Known.Contains(value.Text, StringComparison.Ordinal) && !names.Exists(name => name.Contains(value.Text, StringComparison.Ordinal)));
        return quoted.Text is null ? null : $"The value at {quoted.Line}, {quoted.Column} is quoted.";
    }

    private static (List<(string Text, int Line, int Column)> Values, List<string> Names) Read(byte[] body)
    {
        var values = new List<(string, int, int)>();
        var names = new List<string>();
        using var reader = XmlReader.Create(new MemoryStream(body));
        var place = (IXmlLineInfo)reader;
        try
        {
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    names.Add(reader.LocalName);
                    while (reader.MoveToNextAttribute())
                    {
                        names.Add(reader.LocalName);
                        Add(reader.Value);
                    }
                }
                else if (reader.NodeType is not XmlNodeType.EndElement)
                {
                    Add(reader.Value);
                }
            }
        }
        catch (XmlException)
        {
            // As far as it goes.
        }

        return (values, names);

        void Add(string value)
        {
            if (value.Trim() is { Length: >= Shortest } text)
                values.Add((text[..Math.Min(text.Length, 40)], place.LineNumber, place.LinePosition));
        }
    }
}
