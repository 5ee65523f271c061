using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace PostModtag.Api.Administration;

/// <summary>Sends values as they come, one JSON object a line.</summary>
internal sealed class JsonLines<T>(IAsyncEnumerable<T> values, string name) : IActionResult
{
    /// <inheritdoc />
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, stop) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        var json = context.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        response.ContentType = "application/x-ndjson";
        response.Headers.ContentDisposition = $"attachment; filename={name}";
        await foreach (var value in values.WithCancellation(stop))
        {
            await JsonSerializer.SerializeAsync(response.Body, value, json, stop);
            await response.WriteAsync("\n", stop);
        }
    }
}
