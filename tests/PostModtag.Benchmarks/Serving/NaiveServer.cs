using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Schema;
using System.Xml.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PostModtag.Testing;

namespace PostModtag.Benchmarks.Serving;

/// <summary>
/// The server that most would write: the body as a string, an XmlDocument that is checked with the schemas, the header by
/// XmlSerializer, the file written and synced, and a row by EF Core in one SaveChanges. Written fairly: nothing in it is slower
/// than it is usually written.
/// </summary>
internal static class NaiveServer
{
    public static async Task RunAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.AddDbContextPool<NaiveContext>(options => options.UseSqlite($"Data Source={Path.Combine(folder, "naive.db")}"));
        await using var app = builder.Build();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<NaiveContext>();
            await database.Database.EnsureCreatedAsync();
            await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
        }

        var schemas = Schemas();
        app.MapPost("/PostModtag", async (HttpContext context, NaiveContext database) =>
        {
            string body;
            using (var reader = new StreamReader(context.Request.Body))
                body = await reader.ReadToEndAsync();
            var document = new XmlDocument { Schemas = schemas };
            document.LoadXml(body);
            document.Validate((_, fault) => throw new XmlSchemaValidationException(fault.Message));
            var header = (NaiveHeader)NaiveHeader.Serializer.Deserialize(new XmlNodeReader(document.DocumentElement!["MessageHeader", NaiveHeader.Namespace]!))!;

            var path = Path.Combine(folder, $"{header.MessageUuid}.xml");
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            {
                await using var writer = new StreamWriter(file, leaveOpen: true);
                await writer.WriteAsync(body);
                await writer.FlushAsync();
                file.Flush(flushToDisk: true);
            }

            database.Messages.Add(new NaiveMessage { MessageUuid = header.MessageUuid, Label = header.Label, SenderId = header.Sender.SenderId, Path = path, ReceivedAt = DateTimeOffset.UtcNow });
            await database.SaveChangesAsync();
            return Results.Json(new JsonObject { ["messageUUID"] = header.MessageUuid, ["receiptStatus"] = "COMPLETED" });
        });
        await app.RunAsync();
    }

    private static XmlSchemaSet Schemas()
    {
        var schemas = new XmlSchemaSet { XmlResolver = null };
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "api-spec", "memo", "1.2"), "*.xsd"))
            schemas.Add(null, file);
        schemas.Compile();
        return schemas;
    }
}

/// <summary>What the naive server keeps.</summary>
internal sealed class NaiveContext(DbContextOptions<NaiveContext> options) : DbContext(options)
{
    public DbSet<NaiveMessage> Messages => Set<NaiveMessage>();
}

internal sealed class NaiveMessage
{
    public long Id { get; set; }

    public required string MessageUuid { get; set; }

    public required string Label { get; set; }

    public required string SenderId { get; set; }

    public required string Path { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }
}

/// <summary>The fields of the header that the naive server reads.</summary>
[XmlRoot("MessageHeader", Namespace = Namespace)]
public sealed class NaiveHeader
{
    internal const string Namespace = TestMemo.Namespace;

    internal static XmlSerializer Serializer { get; } = new(typeof(NaiveHeader));

    [XmlElement("messageUUID")]
    public string MessageUuid { get; set; } = "";

    [XmlElement("label")]
    public string Label { get; set; } = "";

    public NaiveSender Sender { get; set; } = new();
}

/// <summary>The sender in it.</summary>
public sealed class NaiveSender
{
    [XmlElement("senderID")]
    public string SenderId { get; set; } = "";
}
