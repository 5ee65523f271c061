using System.Net;
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
}
