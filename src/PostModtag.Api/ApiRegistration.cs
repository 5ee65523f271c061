using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PostModtag.Api.Access;
using PostModtag.Api.Administration;
using PostModtag.Api.ConsoleAccess;
using PostModtag.Api.Health;
using PostModtag.Api.Http;
using PostModtag.Api.Mapping;
using PostModtag.Api.ReceiveMessage;
using PostModtag.Application.Administration;
using PostModtag.Application.Operation;
using PostModtag.Infrastructure;

namespace PostModtag.Api;

/// <summary>Registers what speaks HTTP.</summary>
public static class ApiRegistration
{
    /// <summary>Adds the controllers, how they answer, and the mapping to the contract's types.</summary>
    public static IServiceCollection AddPostModtagApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddControllers(mvc =>
            {
                mvc.RespectBrowserAcceptHeader = true;
                mvc.ReturnHttpNotAcceptable = true;
                mvc.OutputFormatters.Insert(0, new ReceiptXmlOutputFormatter());
                mvc.Filters.Add(new MediaTypeFilter());
                mvc.Filters.Add(new KeepableText.Filter());
            })
            .AddJsonOptions(json => Configure(json.JsonSerializerOptions))
            .ConfigureApiBehaviorOptions(api => api.InvalidModelStateResponseFactory = Problems.InvalidParameters)
            .AddApplicationPart(typeof(ApiRegistration).Assembly);
        services.AddProblemDetails();
        services.AddAutoMapper(mapping =>
        {
            mapping.LicenseKey = configuration["AutoMapper:LicenseKey"];
            mapping.AddProfile<ContractProfile>();
            mapping.AddProfile<SetupProfile>();
            mapping.AddProfile<GuardProfile>();
        });
        services.AddAccess();
        services.AddConsole(configuration);
        services.AddHttpContextAccessor();
        services.AddSingleton<ICaller, HttpCaller>();

        // After the storage, which is registered before.
        services.AddHostedService(provider => provider.GetRequiredService<StartChecks>());
        services.AddDiskMetrics();
        services.AddHealthChecks().AddCheck<GuardHealth>("guard", tags: [HealthTags.Ready]);
        return services;
    }

    /// <summary>
    /// Everything that is logged goes through our own methods, which write no field value. What the framework writes at
    /// lower levels quotes paths, queries and arguments, so it stays silent whatever the default level is.
    /// </summary>
    public static ILoggingBuilder AddPostModtagLogging(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error)
        .AddFilter("Microsoft.AspNetCore.Mvc", LogLevel.Error)
        .AddFilter("Microsoft.AspNetCore.Components", LogLevel.None)

        // It warns that keys in the data folder are not encrypted themselves: only the server can read them, and PostgreSQL has the master key.
        .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error)

        // It warns of each page that Cache-Control is as it must be.
        .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
        .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);

    /// <summary>How JSON is written, in answers and in problems.</summary>
    internal static void Configure(JsonSerializerOptions json)
    {
        json.Converters.Add(new UtcTimeConverter());
        json.Converters.Add(new EnumByNameConverter());
        json.Converters.Add(new KeepableText.Converter());
        json.TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(EnumByNameConverter.UseForProperties);

        // Numbers are numbers: the contract has no text that stands for one.
        json.NumberHandling = JsonNumberHandling.Strict;

        // A property that the contract does not know, or that is there twice, is a slip, and a rule without it would be another rule.
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.RespectNullableAnnotations = true;
    }
}
