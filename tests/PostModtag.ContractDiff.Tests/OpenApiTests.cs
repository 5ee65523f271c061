namespace PostModtag.ContractDiff.Tests;

/// <summary>Each kind of change of an OpenAPI file is told, and told to be breaking for those that it breaks: what is sent may not become less, what is answered not more.</summary>
public sealed class OpenApiTests : IDisposable
{
    private const string Contract = """
        openapi: 3.0.3
        info: { title: x, version: 1.0.0 }
        paths:
          /things/{id}:
            get:
              operationId: GetThing
              parameters:
                - { name: id, in: path, required: true, schema: { type: string, maxLength: 10 } }
                - { name: size, in: query, schema: { type: integer, minimum: 1 } }
              responses:
                '200':
                  description: It
                  headers:
                    ETag: { schema: { type: string } }
                  content:
                    application/json: { schema: { $ref: '#/components/schemas/Thing' } }
                '404': { description: There is none }
            put:
              operationId: SetThing
              security: [ key: [] ]
              parameters:
                - { name: id, in: path, required: true, schema: { type: string } }
              requestBody:
                required: true
                content:
                  application/json: { schema: { $ref: '#/components/schemas/Thing' } }
              responses:
                '204': { description: Done }
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-Key }
            other: { type: http, scheme: bearer }
          schemas:
            Thing:
              type: object
              additionalProperties: false
              required: [name]
              description: A thing.
              properties:
                name: { type: string, maxLength: 20, pattern: '^a' }
                kind: { type: string, enum: [A, B] }
                count: { type: integer, format: int32, maximum: 9, nullable: true }
                parts: { type: array, maxItems: 3, items: { type: string } }
            Unused: { type: string, enum: [X] }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("postmodtag-contract-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_same_contract_has_no_change_however_it_is_laid_out()
    {
        using var same = new Changed();
        (await same.LinesAsync()).ShouldBeEmpty();
        (await CompareAsync("maximum: 9, nullable: true", "nullable: true, maximum: 9")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("operationId: GetThing", "operationId: ReadThing", "Breaking GET /things/{id}: the operation is called ReadThing, and was GetThing: code that is generated from it has another method")]
    [InlineData("/things/{id}:", "/thing/{id}:", "Breaking GET /things/{id}: the operation GetThing is gone, and is at GET /thing/{id}", "Breaking PUT /things/{id}: the operation SetThing is gone, and is at PUT /thing/{id}", "Compatible GET /thing/{id}: the operation GetThing is new", "Compatible PUT /thing/{id}: the operation SetThing is new")]
    [InlineData("version: 1.0.0", "version: 1.1.0", "Text info: the version is another one")]
    [InlineData("schema: { type: string, maxLength: 10 } }", "schema: { type: string, maxLength: 9 } }", "Breaking GET /things/{id}, the path parameter id: maxLength is 9, and was 10")]
    [InlineData("schema: { type: string, maxLength: 10 } }", "schema: { type: string } }", "Compatible GET /things/{id}, the path parameter id: maxLength is gone, and was 10")]
    [InlineData("{ type: integer, minimum: 1 }", "{ type: integer, minimum: 2 }", "Breaking GET /things/{id}, the query parameter size: minimum is 2, and was 1")]
    [InlineData("{ name: size, in: query, ", "{ name: size, in: query, required: true, ", "Breaking GET /things/{id}: the query parameter size must be given now")]
    [InlineData("{ name: size, in: query, ", "{ name: length, in: query, ", "Breaking GET /things/{id}: the query parameter size is gone", "Compatible GET /things/{id}: the query parameter length is new, and may be left out")]
    [InlineData("'404': { description: There is none }", "'410': { description: There is none }", "Breaking GET /things/{id}: the answer 404 is gone", "Breaking GET /things/{id}: the answer 410 is new: callers meet one that they do not know")]
    [InlineData("ETag:", "Last-Modified:", "Breaking GET /things/{id}, answer 200: the header ETag is gone", "Compatible GET /things/{id}, answer 200: the header Last-Modified is new")]
    [InlineData("security: [ key: [] ]", "security: [ other: [] ]", "Breaking PUT /things/{id}: callers are no longer let in with key", "Compatible PUT /things/{id}: callers are let in with other too")]
    [InlineData("security: [ key: [] ]", "security: []", "Breaking PUT /things/{id}: callers are no longer let in with key")]
    [InlineData("operationId: GetThing", "operationId: GetThing\n      security: [ key: [] ]", "Breaking GET /things/{id}: callers are let in with key now, and were let in without")]
    [InlineData("requestBody:\n        required: true", "requestBody:\n        required: false", "Compatible PUT /things/{id}: the body may be left out now")]
    [InlineData("required: [name]", "required: [name, kind]", "Breaking Thing (sent)/kind: must be given now", "Compatible Thing (answered)/kind: is always there now")]
    [InlineData("required: [name]", "required: []", "Breaking Thing (answered)/name: may be left out now", "Compatible Thing (sent)/name: may be left out now")]
    [InlineData("enum: [A, B]", "enum: [A, B, C]", "Breaking Thing (answered)/kind: the value C is new", "Compatible Thing (sent)/kind: the value C is new")]
    [InlineData("enum: [A, B]", "enum: [A]", "Breaking Thing (sent)/kind: the value B is gone", "Compatible Thing (answered)/kind: the value B is gone")]
    [InlineData(", enum: [A, B]", "", "Breaking Thing (answered)/kind: may be any value now", "Compatible Thing (sent)/kind: may be any value now")]
    [InlineData("nullable: true", "nullable: false", "Breaking Thing (sent)/count: is never null now", "Compatible Thing (answered)/count: is never null now")]
    [InlineData("format: int32", "format: int64", "Breaking Thing (answered)/count: is integer (int64), and was integer (int32)", "Breaking Thing (sent)/count: is integer (int64), and was integer (int32)")]
    [InlineData("maximum: 9", "maximum: 10", "Breaking Thing (answered)/count: maximum is 10, and was 9", "Compatible Thing (sent)/count: maximum is 10, and was 9")]
    [InlineData(", pattern: '^a'", "", "Breaking Thing (answered)/name: need not have a form now", "Compatible Thing (sent)/name: need not have a form now")]
    [InlineData("pattern: '^a'", "pattern: '^b'", "Breaking Thing (answered)/name: has the form ^b, and had ^a", "Breaking Thing (sent)/name: has the form ^b, and had ^a")]
    [InlineData("items: { type: string }", "items: { type: integer }", "Breaking Thing (answered)/parts, each of them: is integer, and was string", "Breaking Thing (sent)/parts, each of them: is integer, and was string")]
    [InlineData("maxItems: 3", "maxItems: 2", "Breaking Thing (sent)/parts: maxItems is 2, and was 3", "Compatible Thing (answered)/parts: maxItems is 2, and was 3")]
    [InlineData("additionalProperties: false", "additionalProperties: true", "Breaking Thing (answered): may have other properties now", "Compatible Thing (sent): may have other properties now")]
    [InlineData("        kind: {", "        sort: {", "Breaking Thing (answered)/kind: is gone", "Breaking Thing (sent)/kind: is gone", "Compatible Thing (answered)/sort: is new", "Compatible Thing (sent)/sort: is new, and may be left out")]
    [InlineData("description: A thing.", "description: Something.", "Text Thing (answered): the description is another one", "Text Thing (sent): the description is another one")]
    [InlineData("Unused: { type: string, enum: [X] }", "Unused: { type: string, enum: [X, Y] }", "Breaking Unused: the value Y is new")]
    [InlineData("    Unused: { type: string, enum: [X] }", "", "Breaking Unused: the schema is gone, and with it the type in code that is generated from it")]
    public async Task A_change_is_told_with_what_it_breaks(string from, string to, params string[] told) =>
        (await CompareAsync(from, to)).ShouldBe(told, ignoreOrder: true);

    [Theory]
    [InlineData("openapi: 3.0.3", "openapi: 3.0.3\nnothing: [")]
    [InlineData("openapi: 3.0.3", "swagger: 9")]
    public async Task A_file_that_is_no_contract_is_named(string from, string to) =>
        (await Should.ThrowAsync<ContractUnreadableException>(() => CompareAsync(from, to))).Message.ShouldStartWith(Path.Combine(_folder, "new.openapi.yaml"));

    private async Task<string[]> CompareAsync(string from, string to)
    {
        Contract.ShouldContain(from);
        var (old, @new) = (Path.Combine(_folder, "old.openapi.yaml"), Path.Combine(_folder, "new.openapi.yaml"));
        await File.WriteAllTextAsync(old, Contract);
        await File.WriteAllTextAsync(@new, Contract.Replace(from, to, StringComparison.Ordinal));
        return [.. (await ContractComparison.CompareAsync(old, @new, CancellationToken.None)).Select(change => $"{change.Effect} {change.Place}: {change.Sentence}")];
    }
}
