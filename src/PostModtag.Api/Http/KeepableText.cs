using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc.Filters;
using PostModtag.Api.Administration;

namespace PostModtag.Api.Http;

/// <summary>
/// Text that every database keeps and finds. PostgreSQL takes no U+0000; what has it is refused where it comes in, for else it
/// would look like a database that is away.
/// </summary>
internal static class KeepableText
{
    private const char Nul = '\0';

    /// <summary>Whether it can be kept.</summary>
    public static bool Is(string text) => !text.Contains(Nul, StringComparison.Ordinal);

    /// <summary>Texts in a JSON body.</summary>
    internal sealed class Converter : JsonConverter<string>
    {
        /// <inheritdoc />
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && Is(text) ? text : throw new JsonException();

        /// <inheritdoc />
        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        /// <inheritdoc />
        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } name && Is(name) ? name : throw new JsonException();

        /// <inheritdoc />
        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }

    /// <summary>Texts in the path, the query and the headers.</summary>
    internal sealed class Filter : IActionFilter
    {
        /// <inheritdoc />
        public void OnActionExecuting(ActionExecutingContext context)
        {
            if (context.ActionArguments.FirstOrDefault(argument => argument.Value is string text && !Is(text)).Key is { } name)
                context.Result = new ResultOf(AdministrationProblems.InvalidParameter($"{name}: expected text without the character U+0000."));
        }

        /// <inheritdoc />
        public void OnActionExecuted(ActionExecutedContext context)
        {
        }
    }
}
