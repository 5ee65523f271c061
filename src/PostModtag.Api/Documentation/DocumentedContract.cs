using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Web;
using Microsoft.AspNetCore.Routing.Template;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Api.Documentation;

/// <summary>A contract with what was recorded in it: each operation has a request and an answer that are real.</summary>
internal sealed class DocumentedContract
{
    private readonly YamlMappingNode _root;

    private DocumentedContract(YamlMappingNode root) => _root = root;

    /// <summary>The contract as YAML, with the examples.</summary>
    /// <param name="file">Its file, such as <c>postmodtag.openapi.yaml</c>.</param>
    public static string Of(string file)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"docs/{file}")!;
        using var reader = new StreamReader(resource);
        var yaml = new YamlStream();
        yaml.Load(reader);
        var contract = new DocumentedContract((YamlMappingNode)yaml.Documents[0].RootNode);
        contract.AddExamples();
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        yaml.Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    private void AddExamples()
    {
        foreach (var (path, item) in Entries(_root, "paths"))
        {
            foreach (var (_, operation) in item.Children.Where(each => Find((each.Value as YamlMappingNode)!, "operationId") is not null).Select(each => (each.Key, (YamlMappingNode)each.Value)).ToList())
            {
                var calls = RecordedCall.All.Where(call => call.Operation == Find(operation, "operationId")!.ToString()).ToList();
                if (calls.Count == 0)
                    continue;
                AddParameters(path, item, operation, calls[0].Request);
                foreach (var call in calls)
                {
                    if (call.Request.ContentType is { } sent)
                        AddExample(Own(operation, "requestBody"), sent, call.Name, call.Request.Body!.Value);
                    if (call.Response.ContentType is { } answered)
                        AddExample(Own((YamlMappingNode)Find(operation, "responses")!, call.Response.Status.ToString(CultureInfo.InvariantCulture)), answered, call.Name, call.Response.Body!.Value);
                }
            }
        }
    }

    /// <summary>What was given in the path, the query and the headers. What the path's operations share is made the operation's own first.</summary>
    private void AddParameters(string path, YamlMappingNode item, YamlMappingNode operation, RecordedRequest request)
    {
        var query = request.Path.IndexOf('?', StringComparison.Ordinal);
        var given = new RouteValueDictionary();
        new TemplateMatcher(TemplateParser.Parse(path.TrimStart('/')), []).TryMatch(query < 0 ? request.Path : request.Path[..query], given);
        var queried = HttpUtility.ParseQueryString(query < 0 ? "" : request.Path[query..]);

        var parameters = new List<YamlMappingNode>();
        foreach (var shared in new[] { Find(operation, "parameters"), Find(item, "parameters") }.OfType<YamlSequenceNode>().SelectMany(list => list.Children).Select(Resolved))
        {
            var name = Find(shared, "name")!.ToString();
            if (parameters.Exists(known => Find(known, "name")!.ToString() == name))
                continue;
            var own = (YamlMappingNode)Copy(shared);
            var value = Find(shared, "in")!.ToString() switch { "path" => given.GetValueOrDefault(name)?.ToString(), "query" => queried[name], _ => request.Headers.GetValueOrDefault(name) };
            if (value is not null)
                own.Children[new YamlScalarNode("example")] = Text(value);
            parameters.Add(own);
        }

        if (parameters.Count > 0)
            operation.Children[new YamlScalarNode("parameters")] = new YamlSequenceNode(parameters);
    }

    private static void AddExample(YamlMappingNode body, string type, string name, JsonElement value)
    {
        var content = Find(body, "content") as YamlMappingNode;
        var media = Find(content, type) as YamlMappingNode ?? Find(content, "*/*") as YamlMappingNode
            ?? throw new InvalidOperationException($"A call was recorded with {type}, which the contract does not have there.");
        if (Find(media, "examples") is not YamlMappingNode examples)
            media.Children[new YamlScalarNode("examples")] = examples = [];
        examples.Children[new YamlScalarNode(name)] = new YamlMappingNode { { "summary", name == "recorded" ? "Recorded" : $"Recorded: {name}" }, { "value", Yaml(value) } };
    }

    /// <summary>A body or an answer that is the operation's own, also where several share one.</summary>
    private YamlMappingNode Own(YamlMappingNode within, string name)
    {
        var shared = within.Children.First(each => each.Key is YamlScalarNode key && key.Value == name);
        var own = (YamlMappingNode)Copy(Resolved(shared.Value));
        within.Children[shared.Key] = own;
        return own;
    }

    private YamlMappingNode Resolved(YamlNode node)
    {
        while (node is YamlMappingNode mapping && Find(mapping, "$ref") is { } reference)
        {
            node = _root;
            foreach (var step in reference.ToString().Split('/').Skip(1))
                node = Find((YamlMappingNode)node, step)!;
        }

        return (YamlMappingNode)node;
    }

    private static IEnumerable<(string Name, YamlMappingNode Value)> Entries(YamlMappingNode node, string name) =>
        ((YamlMappingNode)Find(node, name)!).Children.Select(each => (each.Key.ToString(), (YamlMappingNode)each.Value));

    private static YamlNode? Find(YamlMappingNode? node, string name) => node?.Children.FirstOrDefault(each => each.Key is YamlScalarNode key && key.Value == name).Value;

    private static YamlNode Copy(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new YamlMappingNode(mapping.Children.Select(each => new KeyValuePair<YamlNode, YamlNode>(Copy(each.Key), Copy(each.Value)))),
        YamlSequenceNode sequence => new YamlSequenceNode(sequence.Children.Select(Copy)),
        YamlScalarNode scalar => new YamlScalarNode(scalar.Value) { Style = scalar.Style },
        _ => node,
    };

    private static YamlNode Yaml(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new YamlMappingNode(value.EnumerateObject().Select(each => new KeyValuePair<YamlNode, YamlNode>(Text(each.Name), Yaml(each.Value)))),
        JsonValueKind.Array => new YamlSequenceNode(value.EnumerateArray().Select(Yaml)),
        JsonValueKind.String => Text(value.GetString()!),
        _ => new YamlScalarNode(value.GetRawText()),
    };

    // Quoted, so that no text is read as a number, a date or a truth value.
    private static YamlScalarNode Text(string value) => new(value) { Style = YamlDotNet.Core.ScalarStyle.DoubleQuoted };
}
