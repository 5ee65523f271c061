using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using PostModtag.Api.Http;
using PostModtag.Application;

namespace PostModtag.Api.Access;

/// <summary>
/// What holds before anybody is asked who it is: how often an address may call, how large a body may say that it is, and how many bodies
/// are taken at once. A call that is not let in gives its place back at once, so strangers cannot hold them.
/// </summary>
internal sealed class LimitsMiddleware(RequestDelegate next, AccessList access, RateLimits rates, PresentedCertificates proxies, IOptions<PostModtagOptions> options)
{
    private int _uploads;

    public async Task InvokeAsync(HttpContext context)
    {
        // Behind a proxy all have its address; their callers are told apart once they have said who they are.
        if (access.IsOn && !proxies.IsFromProxy(context) && rates.IsTooOften(context.Connection.RemoteIpAddress, out var retryAfter))
        {
            await Problems.TooManyCalls(context, retryAfter).ExecuteAsync(context);
            return;
        }

        var largest = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? options.Value.MaxMessageBytes;
        if (context.Request.ContentLength > largest)
        {
            await Problems.BodyTooLarge(context, largest).ExecuteAsync(context);
            return;
        }

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            await next(context);
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _uploads) > options.Value.Limits.ConcurrentUploads)
                await Problems.TooBusy(context).ExecuteAsync(context);
            else
                await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _uploads);
        }
    }
}

/// <summary>How often one caller may call, from however many addresses. It comes after sign-in, which knows who that is.</summary>
internal sealed class CallerRateMiddleware(RequestDelegate next, RateLimits rates)
{
    public Task InvokeAsync(HttpContext context) =>
        context.User.Identity is AccessIdentity { Name: { } name } && rates.IsTooOften(name, out var retryAfter)
            ? Problems.TooManyCalls(context, retryAfter).ExecuteAsync(context)
            : next(context);
}
