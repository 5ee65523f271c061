using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PostModtag.Web.Assets;
using PostModtag.Web.Files;
using PostModtag.Web.Language;
using PostModtag.Web.Layout;
using PostModtag.Web.Messages;
using PostModtag.Web.Rules;
using PostModtag.Web.Signin;
using PostModtag.Web.Start;

namespace PostModtag.Web;

/// <summary>Registers the console, and puts it where it belongs.</summary>
public static class WebRegistration
{
    /// <summary>Adds what the pages need. The host adds an <see cref="ISignIn"/>.</summary>
    public static IServiceCollection AddPostModtagWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "postmodtag-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

            // Pages have their own, which are stricter.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddScoped<Preferences>();
        services.AddScoped<Texts>();
        services.AddScoped<Written>();
        services.AddScoped<UseCases>();
        services.AddScoped<FieldNames>();
        services.AddScoped<Names>();
        services.AddScoped<Attention>();
        services.AddSingleton<SearchLinks>();
        return services;
    }

    /// <summary>Between authorization and the endpoints: headers of the console's answers, and the check that a form is one of ours.</summary>
    public static IApplicationBuilder UsePostModtagWeb(this IApplicationBuilder app) => app
        .Use(async (context, next) =>
        {
            var metadata = context.GetEndpoint()?.Metadata;
            if (metadata?.GetMetadata<ConsoleEndpoint>() is not null)
            {
                SecurityHeaders.Set(context.Response);

                // A form's token is for who has signed in, also where nobody has to have.
                if (metadata.GetMetadata<IAllowAnonymous>() is not null)
                    await context.RequestServices.GetRequiredService<ISignIn>().RecognizeAsync(context);
            }

            await next(context);
        })
        .UseAntiforgery();

    /// <summary>Maps the pages and what belongs to them.</summary>
    public static void MapPostModtagWeb(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapRazorComponents<App>().WithMetadata(new ConsoleEndpoint()).Add(OpenOpaqueRedirect);
        ConsoleAssets.Map(endpoints);
        SigninEndpoints.Map(endpoints);
        FileEndpoints.Map(endpoints);
        RuleFileEndpoints.Map(endpoints);
    }

    /// <summary>Blazor maps an endpoint beside the pages, by which its script follows a redirect to another site; the address in it is encrypted.</summary>
    private static void OpenOpaqueRedirect(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && path.Contains("opaque-redirect", StringComparison.Ordinal))
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }

    /// <summary>A page that says what went wrong, in the place of the one that was asked for.</summary>
    public static IResult Problem(ConsoleProblem problem) => new ProblemPage(problem);
}
