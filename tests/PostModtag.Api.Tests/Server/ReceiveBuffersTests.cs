using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PostModtag.Testing;

namespace PostModtag.Api.Tests.Server;

/// <summary>What makes the server fast without being seen in what it does.</summary>
public sealed class ReceiveBuffersTests
{
    [Fact]
    [Trait("Database", "SQLite")]
    public async Task A_body_is_taken_in_in_few_pieces()
    {
        var pieces = new PiecesOfBody();
        await using var server = await TestServer.StartAsync(services => services.AddSingleton<IStartupFilter>(pieces));

        await server.Client.PostAsync("", new ByteArrayContent(new byte[PiecesOfBody.Length]));

        // Of 4 kB each, as Kestrel takes them by itself, there would be 16.
        pieces.Count.ShouldBeInRange(1, 5);
        server.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value.WaitForDataBeforeAllocatingBuffer.ShouldBeFalse();
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public void Code_that_is_used_often_is_compiled_for_speed_at_once()
    {
        using var settings = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "PostModtag.Api.runtimeconfig.json")));

        settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties")
            .GetProperty("System.Runtime.TieredCompilation.CallCountingDelayMs").GetInt32().ShouldBe(0);
    }

    /// <summary>Waits until a body is whole, and counts the buffers that it is in.</summary>
    private sealed class PiecesOfBody : IStartupFilter
    {
        public const int Length = 64 * 1024;

        public int Count { get; private set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app => app.Run(async context =>
        {
            var body = context.Request.BodyReader;
            var read = await body.ReadAtLeastAsync(Length);
            foreach (var piece in read.Buffer)
                Count++;
            body.AdvanceTo(read.Buffer.End);
        });
    }
}
