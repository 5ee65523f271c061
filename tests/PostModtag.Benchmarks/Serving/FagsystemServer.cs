using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PostModtag.Benchmarks.Serving;

/// <summary>A fagsystem that costs next to nothing: Kestrel that reads the message, finds its messageUUID, and accepts it.</summary>
internal static class FagsystemServer
{
    private const int UuidLength = 36;

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var uuid = "";
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync();
            if (uuid.Length == 0)
                uuid = UuidIn(read.Buffer);

            // It stands near the beginning: until it has come, what there is is looked at again.
            context.Request.BodyReader.AdvanceTo(uuid.Length == 0 && !read.IsCompleted ? read.Buffer.Start : read.Buffer.End, read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        var receipt = Encoding.ASCII.GetBytes(
            $$"""{"transmissionId":"{{Guid.NewGuid()}}","messageUUID":"{{uuid}}","messageId":null,"errorCode":null,"errorMessage":null,"timeStamp":"2026-11-23T10:15:30Z","receiptStatus":"COMPLETED"}""");
        (context.Response.ContentType, context.Response.ContentLength) = ("application/json", receipt.Length);
        context.Response.BodyWriter.Write(receipt);
    }

    private static string UuidIn(ReadOnlySequence<byte> message)
    {
        var reader = new SequenceReader<byte>(message);
        return reader.TryReadTo(out ReadOnlySequence<byte> _, "messageUUID>"u8) && reader.Remaining >= UuidLength
            ? Encoding.ASCII.GetString(reader.UnreadSequence.Slice(0, UuidLength)) : "";
    }
}
