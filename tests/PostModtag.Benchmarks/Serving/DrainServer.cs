using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace PostModtag.Benchmarks.Serving;

/// <summary>Kestrel and nothing else: reads the body to its end and answers a few bytes.</summary>
internal static class DrainServer
{
    /// <param name="folder">Where bodies are written, each synced before it is answered; null to drop them.</param>
    public static async Task RunAsync(string? folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        await using var app = builder.Build();
        app.Run(async context =>
        {
            using var file = folder is null ? null : File.OpenHandle(Path.Combine(folder, "body"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
            var length = 0L;
            while (true)
            {
                var read = await context.Request.BodyReader.ReadAsync();
                foreach (var piece in file is null ? default : read.Buffer)
                {
                    RandomAccess.Write(file!, piece.Span, length);
                    length += piece.Length;
                }

                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }

            if (file is not null)
                RandomAccess.FlushToDisk(file);
            context.Response.ContentLength = 2;
            context.Response.BodyWriter.Write("{}"u8);
        });
        await app.RunAsync();
    }
}
