using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace PostModtag.ContractDiff.OpenApi;

/// <summary>Compares two OpenAPI files, operation by operation.</summary>
internal sealed class OpenApiComparison
{
    private readonly Findings _findings;
    private readonly SchemaComparison _schemas;

    private OpenApiComparison(Findings findings) => (_findings, _schemas) = (findings, new SchemaComparison(findings));

    /// <exception cref="ContractUnreadableException">A file is no OpenAPI document.</exception>
    public static async Task CompareAsync(string old, string @new, Findings findings, CancellationToken cancellationToken) =>
        new OpenApiComparison(findings).Compare(await ReadAsync(old, cancellationToken), await ReadAsync(@new, cancellationToken));

    private static async Task<OpenApiDocument> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var settings = new OpenApiReaderSettings();
        settings.AddYamlReader();
        await using var stream = File.OpenRead(file);
        try
        {
            var read = await OpenApiDocument.LoadAsync(stream, file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "json" : "yaml", settings, cancellationToken);
            return read.Diagnostic is { Errors: { Count: > 0 } errors }
                ? throw new ContractUnreadableException($"{file} is no OpenAPI file that can be read: {errors[0].Message} ({errors[0].Pointer})")
                : read.Document ?? throw new ContractUnreadableException($"{file} is no OpenAPI file.");
        }
        catch (Exception exception) when (exception is not (ContractUnreadableException or OperationCanceledException))
        {
            throw new ContractUnreadableException($"{file} is no OpenAPI file that can be read: {exception.Message}");
        }
    }

    private void Compare(OpenApiDocument old, OpenApiDocument @new)
    {
        _findings.Text("info", "version", old.Info.Version, @new.Info.Version);
        _findings.Text("info", "description", old.Info.Description, @new.Info.Description);
        var (before, after) = (Operations(old), Operations(@new));
        foreach (var (place, gone) in before.Where(each => !after.ContainsKey(each.Key)))
            _findings.Breaking(place, $"the operation {gone.Operation.OperationId} is gone{Moved(gone.Operation, after)}");
        foreach (var (place, added) in after.Where(each => !before.ContainsKey(each.Key)))
            _findings.Compatible(place, $"the operation {added.Operation.OperationId} is new");
        foreach (var (place, now) in after.Where(each => before.ContainsKey(each.Key)))
            Compare(place, before[place], now);
        foreach (var (name, was, now) in Pairs(old.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>(), @new.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>()))
            _schemas.CompareNamed(name, was, now);
    }

    private static string Moved(OpenApiOperation gone, Dictionary<string, (OpenApiOperation Operation, IList<IOpenApiParameter> Parameters, IList<OpenApiSecurityRequirement>? Security)> after) =>
        after.FirstOrDefault(each => each.Value.Operation.OperationId == gone.OperationId).Key is { } there ? $", and is at {there}" : "";

    private void Compare(string place, (OpenApiOperation Operation, IList<IOpenApiParameter> Parameters, IList<OpenApiSecurityRequirement>? Security) old,
        (OpenApiOperation Operation, IList<IOpenApiParameter> Parameters, IList<OpenApiSecurityRequirement>? Security) @new)
    {
        if (old.Operation.OperationId != @new.Operation.OperationId)
            _findings.Breaking(place, $"the operation is called {@new.Operation.OperationId}, and was {old.Operation.OperationId}: code that is generated from it has another method");
        _findings.Text(place, "description", $"{old.Operation.Summary} {old.Operation.Description}", $"{@new.Operation.Summary} {@new.Operation.Description}");
        Parameters(place, old.Parameters, @new.Parameters);
        Body(place, old.Operation.RequestBody, @new.Operation.RequestBody);
        Responses(place, old.Operation.Responses ?? [], @new.Operation.Responses ?? []);
        Security(place, old.Security, @new.Security);
    }

    private void Parameters(string place, IList<IOpenApiParameter> old, IList<IOpenApiParameter> @new)
    {
        foreach (var (name, before, after) in Pairs(old.ToDictionary(Name), @new.ToDictionary(Name)))
        {
            if (after is null)
                _findings.Breaking(place, $"{name} is gone");
            else if (before is null)
                _findings.Add(after.Required, place, $"{name} is new, and {(after.Required ? "must be given" : "may be left out")}");
            else
            {
                if (before.Required != after.Required)
                    _findings.Add(after.Required, place, $"{name} {(after.Required ? "must be given" : "may be left out")} now");
                _findings.Text($"{place}, {name}", "description", before.Description, after.Description);
                _schemas.Compare($"{place}, {name}", before.Schema, after.Schema, SchemaUse.Sent);
            }
        }

        static string Name(IOpenApiParameter parameter) => $"the {parameter.In switch { ParameterLocation.Header => "header", ParameterLocation.Path => "path parameter", ParameterLocation.Cookie => "cookie", _ => "query parameter" }} {parameter.Name}";
    }

    private void Body(string place, IOpenApiRequestBody? old, IOpenApiRequestBody? @new)
    {
        if (old is null && @new is null)
            return;
        if (@new is null)
            _findings.Breaking(place, "the body is gone");
        else if (old is null)
            _findings.Add(@new.Required, place, $"a body is new, and {(@new.Required ? "must be given" : "may be left out")}");
        else
        {
            if (old.Required != @new.Required)
                _findings.Add(@new.Required, place, $"the body {(@new.Required ? "must be given" : "may be left out")} now");
            _findings.Text($"{place}, body", "description", old.Description, @new.Description);
            Contents($"{place}, body", old.Content, @new.Content, SchemaUse.Sent);
        }
    }

    private void Responses(string place, OpenApiResponses old, OpenApiResponses @new)
    {
        foreach (var (status, before, after) in Pairs(old, @new))
        {
            if (after is null)
                _findings.Breaking(place, $"the answer {status} is gone");
            else if (before is null)
                _findings.Breaking(place, $"the answer {status} is new: callers meet one that they do not know");
            else
            {
                var there = $"{place}, answer {status}";
                _findings.Text(there, "description", before.Description, after.Description);
                Headers(there, before.Headers ?? new Dictionary<string, IOpenApiHeader>(), after.Headers ?? new Dictionary<string, IOpenApiHeader>());
                Contents(there, before.Content, after.Content, SchemaUse.Answered);
            }
        }
    }

    private void Headers(string place, IDictionary<string, IOpenApiHeader> old, IDictionary<string, IOpenApiHeader> @new)
    {
        foreach (var (name, before, after) in Pairs(old, @new))
        {
            if (before is null || after is null)
                _findings.Add(after is null, place, $"the header {name} is {(after is null ? "gone" : "new")}");
            else
                _schemas.Compare($"{place}, header {name}", before.Schema, after.Schema, SchemaUse.Answered);
        }
    }

    private void Contents(string place, IDictionary<string, IOpenApiMediaType>? old, IDictionary<string, IOpenApiMediaType>? @new, SchemaUse use)
    {
        foreach (var (type, before, after) in Pairs(old ?? new Dictionary<string, IOpenApiMediaType>(), @new ?? new Dictionary<string, IOpenApiMediaType>()))
        {
            if (before is null || after is null)
                _findings.Add(after is null, place, $"{type} is {(after is null ? "gone" : "new")}");
            else
                _schemas.Compare($"{place}, {type}", before.Schema, after.Schema, use);
        }
    }

    private void Security(string place, IList<OpenApiSecurityRequirement>? old, IList<OpenApiSecurityRequirement>? @new)
    {
        var (before, after) = (Ways(old), Ways(@new));
        foreach (var way in before.Except(after))
            _findings.Breaking(place, $"callers are no longer let in with {way}");
        foreach (var way in after.Except(before))
            _findings.Add(before.Count == 0, place, before.Count == 0 ? $"callers are let in with {way} now, and were let in without" : $"callers are let in with {way} too");

        static List<string> Ways(IList<OpenApiSecurityRequirement>? requirements) => [.. (requirements ?? []).Select(each => string.Join(" and ", each.Keys.Select(scheme => scheme.Reference.Id).Order(StringComparer.Ordinal))).Where(way => way.Length > 0)];
    }

    private static Dictionary<string, (OpenApiOperation Operation, IList<IOpenApiParameter> Parameters, IList<OpenApiSecurityRequirement>? Security)> Operations(OpenApiDocument document) => (
        from path in document.Paths
        from operation in path.Value.Operations ?? []
        let own = operation.Value.Parameters ?? []
        let inherited = (path.Value.Parameters ?? []).Where(each => !own.Any(other => other.Name == each.Name && other.In == each.In))
        select ($"{operation.Key.Method.ToUpperInvariant()} {path.Key}", (operation.Value, (IList<IOpenApiParameter>)[.. own, .. inherited], operation.Value.Security ?? document.Security)))
        .ToDictionary(each => each.Item1, each => each.Item2);

    /// <summary>What either has, with what both have under the name.</summary>
    internal static IEnumerable<(string Name, T? Old, T? New)> Pairs<T>(IDictionary<string, T> old, IDictionary<string, T> @new)
        where T : class =>
        old.Keys.Concat(@new.Keys.Where(name => !old.ContainsKey(name))).Select(name => (name, old.TryGetValue(name, out var before) ? before : null, @new.TryGetValue(name, out var after) ? after : null));
}
