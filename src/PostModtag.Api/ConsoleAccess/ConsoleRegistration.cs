using PostModtag.Api.Access;
using PostModtag.Application;
using PostModtag.Web;

namespace PostModtag.Api.ConsoleAccess;

/// <summary>Registers the console and how people sign in to it.</summary>
internal static class ConsoleRegistration
{
    public static void AddConsole(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPostModtagWeb();
        services.AddSingleton<LocalOnly>();
        services.AddSingleton<OneTimePassword>();
        services.AddSingleton<PasswordPrint>();
        services.AddHostedService(provider => provider.GetRequiredService<PasswordPrint>());
        services.AddSingleton<ISignIn, ConsoleSignIn>();
        services.ConfigureOptions<ConsoleCookie>();
        var authentication = services.AddAuthentication().AddCookie(AccessSchemes.Console);

        // Its handler looks at every call: where there is no provider there is none.
        if (configuration[$"{PostModtagOptions.Section}:Oidc:Authority"] is null)
            return;
        services.ConfigureOptions<ProviderSettings>();
        authentication.AddOpenIdConnect(AccessSchemes.Provider, _ => { });
    }

    /// <summary>Whether the call is one of the console.</summary>
    public static bool IsConsole(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ConsoleEndpoint>() is not null;
}
