using System.Globalization;
using System.Text;
using PostModtag.Contract.Administration;
using PostModtag.Testing;
using static PostModtag.Testing.StandInAnswers;

namespace PostModtag.Api.Tests.Deliveries;

/// <summary>Every row of "what comes back decides", in each of its forms.</summary>
internal static class WhatComesBack
{
    /// <summary>The time at which everything is asked.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 15, 30, TimeSpan.Zero);

    private const string Accepted = "a receipt `COMPLETED`, in JSON or XML";
    private const string Rejected = "a receipt `INVALID` or `NOT_ALLOWED`";
    private const string Received = "a receipt `RECEIVED`";
    private const string Late = "no answer in time";
    private const string Broken = "no connection, or it broke";
    private const string Tls = "TLS was not agreed, or its certificate is not trusted";
    private const string TooMany = "429";
    private const string Failed = "5xx";
    private const string Unreadable = "a body that is no receipt, or longer than 256 KiB; a status that the contract does not know, such as a redirect";
    private const string Contradictory = "a receipt that says two things: accepted with an error, rejected without one, both or neither of Advis and Fejl, the same thing twice";
    private const string Another = "a receipt with another messageUUID";
    private const string NotLetIn = "401, 403";
    private const string NotThere = "404, 405, 415";
    private const string NotTaken = "400, 413 with `application/problem+json`";

    private const string ReceiptNamespace = "<x:PostModtag_response xmlns:x='urn:x'><x:Result>true</x:Result><x:MessageUUID>{0}</x:MessageUUID><x:HovedoplysningerSvarREST><x:SvarReaktion><x:Advis><x:AdvisTekst>COMPLETED</x:AdvisTekst></x:Advis></x:SvarReaktion></x:HovedoplysningerSvarREST></x:PostModtag_response>";
    private const string ReceiptInLatin1 = "<PostModtag_response><Result>false</Result><MessageUUID>{0}</MessageUUID><HovedoplysningerSvarREST><SvarReaktion><Fejl><FejlId>AFVIST</FejlId><FejlTekst>Sagen er lukket på Ærø</FejlTekst></Fejl></SvarReaktion></HovedoplysningerSvarREST></PostModtag_response>";

    /// <summary>They.</summary>
    public static IReadOnlyList<Answered> Rows { get; } =
    [
        Final("accepted in JSON", Accepted, "COMPLETED", Json("COMPLETED")),
        Final("accepted in XML", Accepted, "COMPLETED", Xml("true", Advis())),
        Final("accepted in JSON with an empty errorCode", Accepted, "COMPLETED", Json("COMPLETED", "", "")),
        Final("accepted in JSON with the errorCode 0", Accepted, "COMPLETED", Json("COMPLETED", "0", "OK")),
        Final("accepted in JSON with a byte order mark", Accepted, "COMPLETED", Text("application/json", uuid => $$"""{"messageUUID":"{{uuid}}","receiptStatus":"COMPLETED"}""", new UTF8Encoding(true))),
        Final("accepted in JSON that says it is text", Accepted, "COMPLETED", Text("text/plain", uuid => $$"""{"messageUUID":"{{uuid}}","receiptStatus":"COMPLETED","andet":[1]}""")),
        Final("accepted in XML that says it is text", Accepted, "COMPLETED", Text("text/plain", Format(ReceiptNamespace))),
        Final("accepted in XML of a namespace", Accepted, "COMPLETED", Text("application/xml", Format(ReceiptNamespace))),
        Final("accepted in XML, in UTF-16", Accepted, "COMPLETED", Text("text/xml", Format(ReceiptNamespace), Encoding.Unicode)),
        Final("rejected in JSON as invalid", Rejected, "INVALID", Json("INVALID", "BILAG_MANGLER", "Der mangler et bilag.\nSend igen. | An attachment is missing."), "BILAG_MANGLER", "Der mangler et bilag.\nSend igen. | An attachment is missing."),
        Final("rejected in JSON as not allowed", Rejected, "NOT_ALLOWED", Json("NOT_ALLOWED", "SAG-7", "Sagen er lukket. æøå 📨"), "SAG-7", "Sagen er lukket. æøå 📨"),
        Final("rejected in JSON without a text", Rejected, "NOT_ALLOWED", Json("NOT_ALLOWED", "SAG-7"), "SAG-7", "Fagsystemet har afvist meddelelsen. | The fagsystem has rejected the message."),
        Final("rejected in XML with a code of its own", Rejected, "NOT_ALLOWED", Xml("false", Fejl("SAG-7", "Sagen er lukket &amp; slut.")), "SAG-7", "Sagen er lukket & slut."),
        Final("rejected in XML with a code of the contract", Rejected, "INVALID", Xml("0", Fejl("SCHEMA_VIOLATION", "Ikke efter skemaet.")), "SCHEMA_VIOLATION", "Ikke efter skemaet."),
        Final("rejected in XML, in the charset of its Content-Type", Rejected, "NOT_ALLOWED", Text("application/xml; charset=iso-8859-1", Format(ReceiptInLatin1), Encoding.Latin1), "AFVIST", "Sagen er lukket på Ærø"),
        new("received in JSON", Received, new Decides.Taken(), Json("RECEIVED")),
        new("received in XML", Received, new Decides.Taken(), Xml("true", Advis("RECEIVED"))),

        new("hangs", Late, new Decides.Nothing("Timeout", null), Hang, TimeoutSeconds: 1),
        new("stops in the middle of a receipt", Late, new Decides.Nothing("Timeout", null), Stall, TimeoutSeconds: 1),
        new("refuses the connection", Broken, new Decides.Nothing("ConnectionFailed", null), null, Fault.Refused),
        new("breaks off in the place of an answer", Broken, new Decides.Nothing("ConnectionFailed", null), Reset),
        new("breaks off in the middle of a receipt", Broken, new Decides.Nothing("ConnectionFailed", null), StandInAnswers.Half),
        new("has a certificate that nobody trusts", Tls, new Decides.Nothing("TlsFailed", null), null, Fault.Untrusted),
        Nothing("408", "RequestTimeout", 408, "408"),
        Nothing(TooMany, "TooManyRequests", 429, "429"),
        Nothing(TooMany, "TooManyRequests", 429, "429 with seconds", retryAfter: 120, headers: ("Retry-After", "120")),
        Nothing(TooMany, "TooManyRequests", 429, "429 with fewer seconds than this server's", headers: ("Retry-After", "2")),
        Nothing(TooMany, "TooManyRequests", 429, "429 with a date", retryAfter: 300, headers: ("Retry-After", Now.AddSeconds(300).ToString("R", CultureInfo.InvariantCulture))),
        Nothing(TooMany, "TooManyRequests", 429, "429 with a date that is past", headers: ("Retry-After", Now.AddSeconds(-300).ToString("R", CultureInfo.InvariantCulture))),
        Nothing(TooMany, "TooManyRequests", 429, "429 with a Retry-After that is none", headers: ("Retry-After", "snart")),
        Nothing(Failed, "ServerError", 500, "500"),
        Nothing(Failed, "ServerError", 502, "502"),
        Nothing(Failed, "ServerError", 503, "503 with seconds", retryAfter: 180, headers: ("Retry-After", "180")),
        Nothing(Failed, "ServerError", 599, "599"),
        new("500 with a receipt", Failed, new Decides.Nothing("ServerError", 500), AcceptAs(500)),
        new("500 that never ends", Failed, new Decides.Nothing("ServerError", 500), Huge(500, long.MaxValue)),

        Unread("an empty body", Status(200)),
        Unread("a page", Status(200, "<!DOCTYPE html><html><body>Velkommen</body></html>", "text/html")),
        Unread("no JSON", Status(200, "OK", "application/json")),
        Unread("JSON that is no object", Status(200, "[]", "application/json")),
        Unread("JSON without a messageUUID", Status(200, """{"receiptStatus":"COMPLETED"}""", "application/json")),
        Unread("JSON with a messageUUID that is none", Status(200, """{"receiptStatus":"COMPLETED","messageUUID":"42"}""", "application/json")),
        Unread("JSON without a status", Text("application/json", uuid => $$"""{"messageUUID":"{{uuid}}"}""")),
        Unread("JSON with a status that there is not", Json("OK")),
        Unread("JSON with a status in other letters", Json("completed")),
        Unread("JSON with a number for a status", Json("0")),
        Unread("JSON with two statuses in one", Json("COMPLETED, RECEIVED")),
        Unread("XML of another kind", Status(200, "<Kvittering/>", "application/xml")),
        Unread("XML with a status that there is not", Xml("true", Advis("OK"))),
        Unread("XML with a number for a status", Xml("true", Advis("0"))),
        Unread("XML without a result", Text("application/xml", uuid => $"<PostModtag_response><MessageUUID>{uuid}</MessageUUID><HovedoplysningerSvarREST><SvarReaktion>{Advis()}</SvarReaktion></HovedoplysningerSvarREST></PostModtag_response>")),
        Unread("XML without a reaction", Text("application/xml", uuid => $"<PostModtag_response><Result>true</Result><MessageUUID>{uuid}</MessageUUID></PostModtag_response>")),
        Unread("XML with a document type", Text("application/xml", uuid => "<!DOCTYPE x [<!ENTITY a 'COMPLETED'>]>" + Format(ReceiptNamespace)(uuid))),
        Unread("XML that is very deep", Text("application/xml", uuid => $"<PostModtag_response><Result>true</Result><MessageUUID>{Nested(20_000)}</MessageUUID></PostModtag_response>")),
        Unread("a charset that there is not", Text("application/json; charset=klingon", uuid => $$"""{"messageUUID":"{{uuid}}","receiptStatus":"COMPLETED"}""")),
        Unread("a receipt that is too long", Text("application/json", uuid => $$"""{"messageUUID":"{{uuid}}","receiptStatus":"COMPLETED","x":"{{new string('x', 256 * 1024)}}"}""")),
        Unread("a body that never ends", Huge(200, long.MaxValue)),
        Unread("201 with a receipt", AcceptAs(201), 201),
        Unread("204", Status(204), 204),
        .. new[] { 301, 302, 303, 307, 308 }.Select(status => Unread($"{status} to another fagsystem", Status(status, headers: ("Location", "/other")), status)),
        Unread("400 without a problem", Status(400, "Bad Request"), 400),
        Unread("413 without a problem", Status(413, "<html/>", "text/html"), 413),
        Unread("418", Status(418), 418),

        Twofold("JSON: accepted with an error", Json("COMPLETED", "SAG-7", "Sagen er lukket.")),
        Twofold("JSON: received with an error", Json("RECEIVED", "SAG-7", "Sagen er lukket.")),
        Twofold("JSON: invalid without an error", Json("INVALID")),
        Twofold("JSON: not allowed with a blank error", Json("NOT_ALLOWED", " ", "Sagen er lukket.")),
        Twofold("JSON: two statuses", Text("application/json", uuid => $$"""{"messageUUID":"{{uuid}}","receiptStatus":"NOT_ALLOWED","errorCode":null,"receiptStatus":"COMPLETED"}""")),
        Twofold("XML: both Advis and Fejl", Xml("true", Advis() + Fejl("SAG-7", "Sagen er lukket."))),
        Twofold("XML: neither Advis nor Fejl", Xml("true", "")),
        Twofold("XML: an Advis with the result false", Xml("false", Advis())),
        Twofold("XML: a Fejl with the result true", Xml("true", Fejl("SAG-7", "Sagen er lukket."))),
        Twofold("XML: a Fejl without a code", Xml("false", Fejl(" ", "Sagen er lukket."))),
        Twofold("XML: an Advis that rejects", Xml("true", Advis("INVALID"))),
        Twofold("XML: two Advis", Xml("true", Advis() + Advis("RECEIVED"))),
        Twofold("XML: two results", Xml("true</Result><Result>false", Advis())),

        new("JSON of another message", Another, new Decides.Nothing("OtherMessage", 200), Json("COMPLETED", messageUuid: Guid.NewGuid())),
        new("JSON that rejects another message", Another, new Decides.Nothing("OtherMessage", 200), Json("INVALID", "SAG-7", "Nej", Guid.NewGuid())),
        new("XML of another message", Another, new Decides.Nothing("OtherMessage", 200), Xml("true", Advis(), Guid.NewGuid())),

        .. new[] { 401, 403 }.Select(status => Nothing(NotLetIn, "NotAuthorized", status, $"{status}", DeliveryConcern.CONFIGURATION)),
        .. new[] { 404, 405, 415 }.Select(status => Nothing(NotThere, "NotAnEndpoint", status, $"{status}", DeliveryConcern.CONFIGURATION)),
        new("404 with a problem", NotThere, new Decides.Nothing("NotAnEndpoint", 404, DeliveryConcern.CONFIGURATION), Problem(404)),
        new("400 with a problem", NotTaken, new Decides.Nothing("NotTaken", 400, DeliveryConcern.PERSON), Problem(400)),
        new("413 with a problem", NotTaken, new Decides.Nothing("NotTaken", 413, DeliveryConcern.PERSON), Problem(413)),
    ];

    private static Answered Final(string name, string documented, string status, StandInAnswer answer, string? code = null, string? text = null) =>
        new(name, documented, new Decides.Final(status, code, text), answer);

    private static Answered Nothing(
        string documented, string reason, int status, string name, DeliveryConcern concern = DeliveryConcern.NONE, int? retryAfter = null, params (string Name, string Value)[] headers) =>
        new(name, documented, new Decides.Nothing(reason, status, concern, retryAfter), Status(status, "Ikke nu", headers: headers));

    private static Answered Unread(string name, StandInAnswer answer, int status = 200) => new(name, Unreadable, new Decides.Nothing("Unreadable", status), answer);

    private static Answered Twofold(string name, StandInAnswer answer) => new(name, Contradictory, new Decides.Nothing("Contradictory", 200), answer);

    private static Func<Guid, string> Format(string xml) => uuid => xml.Replace("{0}", uuid.ToString(), StringComparison.Ordinal);

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
}
