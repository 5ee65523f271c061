using System.Net;
using PostModtag.Api.Tests.Access;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Server;

public sealed class HealthTests
{
    [Fact]
    public async Task A_server_that_can_keep_a_message_is_live_and_ready()
    {
        await using var server = await TestServer.StartAsync();
        (await server.Client.GetStringAsync("health/live")).ShouldBe("Healthy");
        (await server.Client.GetStringAsync("health/ready")).ShouldBe("Healthy");
    }

    [Fact]
    public async Task What_is_not_as_it_should_be_is_told_to_those_who_may_know_and_the_status_to_all()
    {
        using var settings = new AccessSettings().WithKey("all", "læser", "*").WithKey("limited", "læser", Setup.Authority);
        await using var server = await settings.StartAsync();
        Directory.Delete(Path.Combine(server.DataFolder, "incoming"));
        using var all = server.ClientWithKey("all");
        using var limited = server.ClientWithKey("limited");

        (await ReadyAsync(server.Client)).ShouldBe("Unhealthy");
        (await ReadyAsync(limited)).ShouldBe("Unhealthy");
        (await ReadyAsync(all)).ShouldStartWith("Unhealthy\n");
    }

    [Fact]
    public async Task A_server_that_cannot_keep_a_message_is_live_and_not_ready()
    {
        await using var server = await TestServer.StartAsync();
        Directory.Delete(Path.Combine(server.DataFolder, "incoming"));

        (await server.Client.GetStringAsync("health/live")).ShouldBe("Healthy");
        using var ready = await server.Client.GetAsync("health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        Directory.CreateDirectory(Path.Combine(server.DataFolder, "incoming"));
        (await server.Client.GetStringAsync("health/ready")).ShouldBe("Healthy");
    }

    private static async Task<string> ReadyAsync(HttpClient client)
    {
        using var ready = await client.GetAsync(new Uri("health/ready", UriKind.Relative));
        return await ready.Content.ReadAsStringAsync();
    }
}
