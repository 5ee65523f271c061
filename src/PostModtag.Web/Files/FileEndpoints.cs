using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PostModtag.Application.Access;
using PostModtag.Application.GetMessageFile;
using PostModtag.Application.Storage;

namespace PostModtag.Web.Files;

/// <summary>
/// A message's files. They are what a sender made: nothing of them ever runs as a page of ours. Each is saved and not shown, but for
/// images and PDF, and these are shown under a policy that takes their scripts and everything else from them.
/// </summary>
internal static class FileEndpoints
{
    private const string Sandbox = "default-src 'none'; sandbox; frame-ancestors 'self'";

    // Browsers do not show a PDF in a sandbox at all. What shows it runs in a process of its own, and has no access to the page.
    private const string OfPdf = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var authorize = new AuthorizeAttribute(Permissions.ReadMessages);
        endpoints.MapGet("/meddelelser/{messageUuid:guid}/filer/{number:int}", (HttpContext context, UseCases use, Guid messageUuid, int number) => GetAsync(context, use, messageUuid, number, isShown: false))
            .RequireAuthorization(authorize).WithMetadata(new ConsoleEndpoint());
        endpoints.MapGet("/meddelelser/{messageUuid:guid}/filer/{number:int}/vis", (HttpContext context, UseCases use, Guid messageUuid, int number) => GetAsync(context, use, messageUuid, number, isShown: true))
            .RequireAuthorization(authorize).WithMetadata(new ConsoleEndpoint());
    }

    private static async Task<IResult> GetAsync(HttpContext context, UseCases use, Guid messageUuid, int number, bool isShown)
    {
        if (await use.SendAsync(Permissions.ReadMessages, new GetMessageFileQuery(messageUuid, number)) is not Opened<OpenedFile>.Done { Value: var opened })
            return WebRegistration.Problem(ConsoleProblem.NotFound);

        var type = ShownTypes.Of(opened.File.EncodingFormat);
        var isShownHere = isShown && type is ShownType.Image or ShownType.Pdf;
        context.Response.Headers.ContentSecurityPolicy = isShownHere && type == ShownType.Pdf ? OfPdf : Sandbox;
        context.Response.Headers.XFrameOptions = "SAMEORIGIN";
        context.Response.ContentLength = opened.File.Content.Length;
        return isShownHere
            ? Results.Stream(opened.Content, opened.File.EncodingFormat.ToLowerInvariant())
            : Results.Stream(opened.Content, "application/octet-stream", NameOf(opened, number));
    }

    private static string NameOf(OpenedFile opened, int number) => string.IsNullOrWhiteSpace(opened.File.FileName) ? $"fil-{number}" : opened.File.FileName;
}
