using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PostModtag.Testing;

/// <summary>What a stand-in can do with a call.</summary>
public static class StandInAnswers
{
    /// <summary>The receipt COMPLETED, in JSON.</summary>
    public static StandInAnswer Accept { get; } = Json("COMPLETED");

    /// <summary>Never answers.</summary>
    public static StandInAnswer Hang { get; } = (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    /// <summary>Breaks the connection off in the place of an answer.</summary>
    public static StandInAnswer Reset { get; } = (_, context) =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Breaks the connection off in the middle of a receipt.</summary>
    public static StandInAnswer Half { get; } = async (call, context) =>
    {
        var receipt = Encoding.UTF8.GetBytes(JsonReceipt(call.MessageUuid, "COMPLETED", null, null));
        (context.Response.ContentType, context.Response.ContentLength) = ("application/json", receipt.Length);
        await context.Response.Body.WriteAsync(receipt.AsMemory(0, receipt.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    /// <summary>Begins a receipt and never ends it.</summary>
    public static StandInAnswer Stall { get; } = async (_, context) =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{\"receiptStatus\":");
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    };

    /// <summary>A receipt in JSON.</summary>
    public static StandInAnswer Json(string status, string? code = null, string? text = null, Guid? messageUuid = null) =>
        (call, context) => WriteAsync(context, 200, "application/json", JsonReceipt(messageUuid ?? call.MessageUuid, status, code, text));

    /// <summary>The receipt COMPLETED, in JSON, under another status than it should have.</summary>
    public static StandInAnswer AcceptAs(int status) => (call, context) => WriteAsync(context, status, "application/json", JsonReceipt(call.MessageUuid, "COMPLETED", null, null));

    /// <summary>A receipt in XML, as it is said.</summary>
    public static StandInAnswer Xml(string result, string reaction, Guid? messageUuid = null) => (call, context) => WriteAsync(context, 200, "application/xml", $"""
        <?xml version="1.0" encoding="utf-8"?>
        <PostModtag_response>
          <HovedoplysningerSvarREST><TransaktionsId>{Guid.NewGuid()}</TransaktionsId><TransaktionsTid>2026-11-23T10:15:30Z</TransaktionsTid><SvarReaktion>{reaction}</SvarReaktion></HovedoplysningerSvarREST>
          <Result>{result}</Result>
          <TransmissionID>{Guid.NewGuid()}</TransmissionID>
          <MessageUUID>{messageUuid ?? call.MessageUuid}</MessageUUID>
        </PostModtag_response>
        """);

    /// <summary>The part of an XML receipt that accepts.</summary>
    public static string Advis(string text = "COMPLETED") => $"<Advis><AdvisId>0</AdvisId><AdvisTekst>{text}</AdvisTekst></Advis>";

    /// <summary>The part of an XML receipt that rejects.</summary>
    public static string Fejl(string code, string text) => $"<Fejl><FejlId>{code}</FejlId><FejlTekst>{text}</FejlTekst></Fejl>";

    /// <summary>Any answer.</summary>
    public static StandInAnswer Status(int status, string body = "", string contentType = "text/plain", params (string Name, string Value)[] headers) => (_, context) =>
    {
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return WriteAsync(context, status, contentType, body);
    };

    /// <summary>An answer of 200 that is made of the call's messageUUID, in that encoding.</summary>
    public static StandInAnswer Text(string contentType, Func<Guid, string> body, Encoding? encoding = null) => (call, context) =>
    {
        context.Response.ContentType = contentType;
        var bytes = encoding ?? Encoding.UTF8;
        return context.Response.Body.WriteAsync((byte[])[.. encoding is null ? [] : bytes.GetPreamble(), .. bytes.GetBytes(body(call.MessageUuid))]).AsTask();
    };

    /// <summary>A problem of the contract.</summary>
    public static StandInAnswer Problem(int status) =>
        Status(status, $$"""{"type":"urn:postmodtag:problem:X","title":"Nej","status":{{status}},"detail":"Nej","code":"NOT_XML"}""", "application/problem+json");

    /// <summary>An answer of that length, sent as long as somebody reads it.</summary>
    public static StandInAnswer Huge(int status, long length, string contentType = "application/json") => async (_, context) =>
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, contentType);
        var piece = Encoding.UTF8.GetBytes(new string(' ', 65_536));
        for (var sent = 0L; sent < length && !context.RequestAborted.IsCancellationRequested; sent += piece.Length)
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
    };

    /// <summary>Waits for the test, and then does as another.</summary>
    public static StandInAnswer After(Task signal, StandInAnswer then) => async (call, context) =>
    {
        await signal.WaitAsync(context.RequestAborted);
        await then(call, context);
    };

    private static string JsonReceipt(Guid messageUuid, string status, string? code, string? text) => JsonSerializer.Serialize(new
    {
        transmissionId = Guid.NewGuid(),
        messageUUID = messageUuid,
        messageId = (string?)null,
        errorCode = code,
        errorMessage = text,
        timeStamp = "2026-11-23T10:15:30Z",
        receiptStatus = status,
    });

    private static async Task WriteAsync(HttpContext context, int status, string contentType, string body)
    {
        context.Response.StatusCode = status;
        if (body.Length == 0)
            return;
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body);
    }
}
