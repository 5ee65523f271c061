using FluentValidation;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.FindMessages;
using PostModtag.Application.ReceiveMessage;

namespace PostModtag.Application;

/// <summary>Registers the use cases.</summary>
public static class ApplicationRegistration
{
    /// <summary>Adds the use cases, their settings from <paramref name="configuration"/>, and the indbakke.</summary>
    public static IServiceCollection AddPostModtagApplication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PostModtagOptions>()
            .Bind(configuration.GetSection(PostModtagOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<PostModtagOptions>, ValidateByFluentValidation>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MessageTurns>();
        services.AddSingleton<MessageValidator>();
        services.AddSingleton<FindMessagesValidator>();
        services.AddSingleton<FagsystemDirectory>();
        services.AddFagsystem<Indbakke>(Indbakke.Name);
        services.AddMediator();
        return services;
    }

    /// <summary>
    /// Adds a fagsystem in this process. The one added last takes the messages, in the place of the indbakke.
    /// </summary>
    /// <typeparam name="TFagsystem">The fagsystem; made anew for each message, with what it asks for in its constructor.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The name under which messages are marked as this fagsystem's. Keep it: a message that is not decided only goes to the same name again.</param>
    public static IServiceCollection AddFagsystem<TFagsystem>(this IServiceCollection services, string name)
        where TFagsystem : class, IFagsystem
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        services.TryAddScoped<TFagsystem>();
        services.AddSingleton(new FagsystemRegistration(name, typeof(TFagsystem)));
        return services;
    }

    /// <summary>MediatR 5 has no registration of its own: this is all it takes, and the one place that knows its version.</summary>
    private static void AddMediator(this IServiceCollection services)
    {
        services.AddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddTransient<IMediator, Mediator>();
        foreach (var handler in typeof(ApplicationRegistration).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
        {
            foreach (var contract in handler.GetInterfaces().Where(IsRequestHandler))
                services.AddTransient(contract, handler);
        }
    }

    private static bool IsRequestHandler(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRequestHandler<,>);

    private sealed class ValidateByFluentValidation : IValidateOptions<PostModtagOptions>
    {
        public ValidateOptionsResult Validate(string? name, PostModtagOptions options)
        {
            var result = new PostModtagOptionsValidator().Validate(options);
            return result.IsValid ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(result.Errors.Select(error => error.ErrorMessage));
        }
    }
}
