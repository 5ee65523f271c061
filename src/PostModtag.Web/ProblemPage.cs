using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Web.Layout;

namespace PostModtag.Web;

/// <summary>A page that says what went wrong. It has services of its own, for those of the call may have broken off in the midst of another page.</summary>
internal sealed class ProblemPage(ConsoleProblem problem) : IResult
{
    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Clear();
        SecurityHeaders.Set(httpContext.Response);
        await using var scope = httpContext.RequestServices.CreateAsyncScope();
        var ofCall = httpContext.RequestServices;
        httpContext.RequestServices = scope.ServiceProvider;
        try
        {
            await scope.ServiceProvider.GetRequiredService<ISignIn>().RecognizeAsync(httpContext);
            var page = new RazorComponentResult<ProblemDocument>(new Dictionary<string, object?> { [nameof(ProblemDocument.Problem)] = problem }) { StatusCode = (int)problem };
            await page.ExecuteAsync(httpContext);
        }
        finally
        {
            httpContext.RequestServices = ofCall;
        }
    }
}
