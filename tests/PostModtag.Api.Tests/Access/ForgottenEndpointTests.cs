using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace PostModtag.Api.Tests.Access;

/// <summary>An endpoint to which somebody forgot to give a policy lets nobody in, whatever the caller may do elsewhere.</summary>
public sealed class ForgottenEndpointTests : IDisposable
{
    private readonly AccessSettings _settings = new();

    public void Dispose() => _settings.Dispose();

    [Fact]
    public async Task It_lets_nobody_in()
    {
        await using var server = await Testing.TestServer.StartAsync(
            services => services.AddControllers().AddApplicationPart(typeof(ForgottenController).Assembly),
            settings: _settings.WithKey("key", "administrator", "*").All);
        using var client = server.ClientWithKey("key");
        using var response = await client.GetAsync(new Uri("forgotten", UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}

/// <summary>An endpoint without a policy. It is there only where a test adds this assembly's controllers.</summary>
[Route("forgotten")]
public sealed class ForgottenController : ControllerBase
{
    [HttpGet]
    public string Get() => "whatever is kept";
}
