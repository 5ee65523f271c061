using FluentValidation;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PostModtag.Application.Access;
using PostModtag.Application.Certificates;
using PostModtag.Application.Deliveries;
using PostModtag.Application.DigitalPost;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.GetOverview;
using PostModtag.Application.Guard;
using PostModtag.Application.Metrics;
using PostModtag.Application.ReceiveMessage;
using PostModtag.Application.Operation;
using PostModtag.Application.Outbox;
using PostModtag.Application.Reconciliation;
using PostModtag.Application.Retention;
using PostModtag.Application.Routing;
using PostModtag.Application.Rules;
using PostModtag.Domain.Fagsystemer;
using PostModtag.Domain.Memo;
using PostModtag.Application.Administration;

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
        services.AddValidators();
        services.AddFagsystemer();
        services.AddRules();
        services.AddGuard();
        services.AddSingleton<StartChecks>();
        services.AddSingleton<IStartCheck, ClockCheck>();
        services.AddSingleton<IStartCheck, CertificateCheck>();
        services.AddMediator();
        return services;
    }

    /// <summary>
    /// Adds a fagsystem in this process, for rules to name. The one added last takes the messages of authorities without
    /// rules, in the place of the indbakke.
    /// </summary>
    /// <typeparam name="TFagsystem">The fagsystem; made anew for each message, with what it asks for in its constructor.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="key">
    /// What rules name it by: 1 to 64 of a to z, 0 to 9 and hyphens. Keep it: a message that is not decided only goes to
    /// the same key again.
    /// </param>
    /// <exception cref="ArgumentException">The key has not the form of a key.</exception>
    public static IServiceCollection AddFagsystem<TFagsystem>(this IServiceCollection services, string key)
        where TFagsystem : class, IFagsystem
    {
        if (!Fagsystem.IsKey(key))
            throw new ArgumentException("A fagsystem's key is 1 to 64 of a to z, 0 to 9 and hyphens, with a letter or digit first and last.", nameof(key));
        services.TryAddScoped<TFagsystem>();
        services.AddSingleton(new FagsystemRegistration(key, typeof(TFagsystem)));
        return services;
    }

    /// <summary>
    /// Adds checks of messages: a message that follows its schema and passes the server's own checks must pass them too, before it
    /// is routed. Each rule ends with <see cref="ViolationRules"/>.Reports, which says what the receipt tells.
    /// </summary>
    /// <typeparam name="TValidator">The checks; made once, and used by many messages at the same time.</typeparam>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddMessageValidator<TValidator>(this IServiceCollection services)
        where TValidator : class, IValidator<MemoMessage> => services.AddSingleton<IValidator<MemoMessage>, TValidator>();

    /// <summary>Puts a part of the host's own around one of the server's, such as a store or the way to fagsystemer: others then get the host's.</summary>
    /// <typeparam name="TPart">The part's interface.</typeparam>
    /// <param name="services">The host's services, with the part in them.</param>
    /// <param name="around">Makes the host's part from the one that was there; called once for each that is made.</param>
    /// <exception cref="InvalidOperationException">There is no such part.</exception>
    public static IServiceCollection Decorate<TPart>(this IServiceCollection services, Func<TPart, IServiceProvider, TPart> around)
        where TPart : class
    {
        var inner = services.LastOrDefault(service => service.ServiceType == typeof(TPart) && !service.IsKeyedService)
            ?? throw new InvalidOperationException($"There is no {typeof(TPart).Name} to put something around.");

        // The one within stays the container's to make and to dispose of.
        var key = new object();
        services.Remove(inner);
        services.Add(inner switch
        {
            { ImplementationInstance: { } instance } => new ServiceDescriptor(typeof(TPart), key, instance),
            { ImplementationFactory: { } factory } => new ServiceDescriptor(typeof(TPart), key, (provider, _) => factory(provider), inner.Lifetime),
            _ => new ServiceDescriptor(typeof(TPart), key, inner.ImplementationType!, inner.Lifetime),
        });
        services.Add(new ServiceDescriptor(typeof(TPart), provider => around(provider.GetRequiredKeyedService<TPart>(key), provider), inner.Lifetime));
        return services;
    }

    private static void AddFagsystemer(this IServiceCollection services)
    {
        services.AddSingleton<FagsystemDirectory>();
        services.AddFagsystem<Indbakke>(Indbakke.Key);
        services.AddHostedService<OwnFagsystemer>();
        services.AddSingleton<HoldSchedule>();
        services.AddSingleton<FagsystemCalls>();
        services.AddSingleton<MessageDelivery>();
        services.AddTransient<MessageDecisions>();
        services.AddHostedService<HeldMessages>();
        services.AddHostedService<ReceiptRelay>();
        services.AddHostedService<CopyDispatch>();
        services.AddHostedService<MemoPull>();
    }

    private static void AddRules(this IServiceCollection services)
    {
        services.AddSingleton<RoutingTables>();
        services.AddSingleton<MessageRouter>();
        services.AddSingleton<SetupChanges>();
        services.AddSingleton<RuleVersions>();
        services.AddSingleton<RuleChecks>();
        services.AddSingleton<RuleFiles>();
        services.AddSingleton<Explanations>();
        services.AddTransient<DraftChanges>();
        services.AddSingleton<CallersMessages>();
    }

    private static void AddGuard(this IServiceCollection services)
    {
        services.AddSingleton<PostModtagMeter>();
        services.AddSingleton<MessageMetrics>();
        services.AddSingleton<Countdowns>();
        services.AddSingleton<CountdownMetrics>();
        services.AddSingleton<DayCounts>();
        services.AddHostedService<SevenDayGuard>();
        services.AddSingleton<CertificateExpiry>();
        services.AddSingleton<ICertificateSource, FagsystemCertificates>();
        services.AddSingleton<ICertificateSource, DigitalPostCertificate>();
        services.AddHostedService<CertificateWatch>();
        services.AddHostedService<RetentionJob>();
        services.AddHostedService<ReconciliationJob>();
    }

    private static void AddValidators(this IServiceCollection services)
    {
        foreach (var validator in typeof(ApplicationRegistration).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IValidator))))
            services.AddSingleton(validator);
        services.AddSingleton<MessageChecks>();
    }

    /// <summary>MediatR 5 has no registration of its own: this is all it takes, and the one place that knows its version.</summary>
    private static void AddMediator(this IServiceCollection services)
    {
        services.AddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddTransient<IMediator, Mediator>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ReachBehavior<,>));
        services.AddTransient<IPipelineBehavior<ReceiveMessageCommand, ReceiveMessageResult>, ReceiveMessageObservation>();
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
