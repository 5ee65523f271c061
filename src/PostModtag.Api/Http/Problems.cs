using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PostModtag.Application;
using PostModtag.Application.Memo;
using PostModtag.Api.Access;
using PostModtag.Api.Administration;
using PostModtag.Contract;

namespace PostModtag.Api.Http;

/// <summary>Every problem+json of EP_FS1, and the faults of both contracts: what is wrong, where, and what to do.</summary>
internal static class Problems
{
    private const string MediaType = "application/problem+json";

    public static IResult BodyIncomplete(HttpContext context) => PostModtag(context, StatusCodes.Status408RequestTimeout, ProblemCode.BODY_INCOMPLETE,
        "The body came too slowly, or not to its end.", "Send the whole message, with the Content-Length that it has.");

    public static IResult NotAcceptable(HttpContext context) => PostModtag(context, StatusCodes.Status406NotAcceptable, ProblemCode.NOT_ACCEPTABLE,
        "The receipt is had as XML or JSON.", "Send Accept: application/xml, text/xml or application/json, or no Accept at all.");

    public static IResult MediaTypeNotSupported(HttpContext context, string detail) => PostModtag(context, StatusCodes.Status415UnsupportedMediaType,
        ProblemCode.MEDIA_TYPE_NOT_SUPPORTED, "The body is not declared as XML that can be read.", detail);

    public static IResult NotAMessage(HttpContext context, NotAMessageReason reason, int line, int column) => reason switch
    {
        NotAMessageReason.TooLarge => TooLarge(context),
        NotAMessageReason.MessageUuidMissing => PostModtag(context, StatusCodes.Status400BadRequest, ProblemCode.MESSAGE_UUID_MISSING,
            "The body has no readable messageUUID.",
            "Expected a UUID in /memo:Message/memo:MessageHeader/memo:messageUUID, where memo is https://DigitalPost.dk/MeMo-1."),
        NotAMessageReason.Empty => NotXml(context, "The body is empty.", "Send one MeMo message as XML."),
        NotAMessageReason.HasDocumentType => NotXml(context, "The body has a document type declaration.", $"{Place(line, column)}Send the message without <!DOCTYPE>."),
        _ => NotXml(context, "The body is not well-formed XML.", $"{Place(line, column)}Send one MeMo message as well-formed XML, in the encoding that its byte order mark, Content-Type or XML declaration says."),
    };

    private static IResult NotXml(HttpContext context, string title, string detail) =>
        PostModtag(context, StatusCodes.Status400BadRequest, ProblemCode.NOT_XML, title, detail);

    private static string Place(int line, int column) => line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"Line {line}, column {column}. ");

    /// <summary>The call does not say who makes it, or says it with what does not count.</summary>
    public static IResult NotAuthenticated(HttpContext context, NotLetIn? reason)
    {
        const string Title = "The call does not say who makes it.";
        if (!IsPostModtag(context))
        {
            context.Response.Headers.WWWAuthenticate = new[] { AccessSchemes.ApiKey, AccessSchemes.Person };
            return AdministrationProblems.NotAuthenticated(Title);
        }

        context.Response.Headers.WWWAuthenticate = new[] { "Holder-of-key", "Bearer" };
        return PostModtag(context, StatusCodes.Status401Unauthorized, ProblemCode.NOT_AUTHENTICATED, Title, reason switch
        {
            NotLetIn.CertificateExpired => "The client certificate has expired, or is not valid yet. Present one that is valid.",
            NotLetIn.CertificateUntrusted => "The client certificate does not come from one that this server trusts, or is not for client authentication. Present an OCES3 certificate.",
            NotLetIn.CertificateRevoked => "The client certificate has been revoked. Present another.",
            NotLetIn.RevocationUnknown => "The revocation list of the client certificate cannot be had, and this server asks for it. Try again later.",
            NotLetIn.TokenUnknown => "The token in Authorization is not one that this server knows, or its holder must present a client certificate too.",
            _ => "Present a client certificate (OCES3), or a token as Authorization: Holder-of-key or Bearer.",
        });
    }

    /// <summary>Who makes the call is known, and may not make it.</summary>
    public static IResult NotPermitted(HttpContext context) => IsPostModtag(context)
        ? PostModtag(context, StatusCodes.Status403Forbidden, ProblemCode.NOT_PERMITTED, "The caller may not deliver messages here.",
            "The client certificate is good; have its CVR number or its SHA-256 thumbprint put on this server's list of callers (PostModtag:Callers).")
        : AdministrationProblems.NotPermitted();

    /// <summary>The address or the caller calls more often than it may.</summary>
    public static IResult TooManyCalls(HttpContext context, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Seconds(Math.Max(retryAfter.TotalSeconds, 1));
        const string Title = "The caller calls more often than it may.";
        const string Detail = "Send the same call again after Retry-After; it is safe. Nothing of this one was looked at.";
        return IsPostModtag(context)
            ? PostModtag(context, StatusCodes.Status429TooManyRequests, ProblemCode.TOO_MANY_CALLS, Title, Detail)
            : AdministrationProblems.TooManyCalls(Title, Detail);
    }

    /// <summary>As many bodies are being taken in as may be at once.</summary>
    public static IResult TooBusy(HttpContext context)
    {
        AskToSendAgain(context);
        const string Title = "The server takes in as many bodies as it can at once.";
        return IsPostModtag(context)
            ? PostModtag(context, StatusCodes.Status503ServiceUnavailable, ProblemCode.SERVER_UNAVAILABLE, Title, "Nothing has been decided. Send the same message again after Retry-After; it is safe.")
            : AdministrationProblems.ServerUnavailable(Title);
    }

    /// <summary>The body says that it is larger than the operation takes.</summary>
    public static IResult BodyTooLarge(HttpContext context, long largest) => IsPostModtag(context)
        ? TooLarge(context)
        : AdministrationProblems.BodyTooLarge(string.Create(CultureInfo.InvariantCulture, $"This operation takes at most {largest} bytes."));

    public static IResult TooLarge(HttpContext context) => PostModtag(context, StatusCodes.Status413PayloadTooLarge, ProblemCode.MESSAGE_TOO_LARGE,
        "The message is too large.",
        string.Create(CultureInfo.InvariantCulture, $"This server takes at most {Options(context).MaxMessageBytes} bytes (PostModtag:MaxMessageBytes)."));

    public static IResult FagsystemUndecided(HttpContext context, TimeSpan? retryAfter)
    {
        AskToSendAgain(context, retryAfter);
        return PostModtag(context, StatusCodes.Status503ServiceUnavailable, ProblemCode.FAGSYSTEM_UNDECIDED, "The fagsystem has not decided.",
            "The fagsystem gave no answer in time. Send the same message again after Retry-After; it is safe.");
    }

    /// <summary>The answer to a call that the framework has turned away with a bare status: no such path or method, or nothing in a form that was asked for.</summary>
    public static IResult OfStatus(HttpContext context) =>
        IsPostModtag(context) && context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
            ? PostModtag(context, StatusCodes.Status405MethodNotAllowed, ProblemCode.METHOD_NOT_ALLOWED, "EP_FS1 takes POST only.", "POST one MeMo message here.")
            : AdministrationProblems.OfStatus(context.Response.StatusCode);

    /// <summary>The answer to a fault, in the form of the contract that was called.</summary>
    public static IResult ServerUnavailable(HttpContext context)
    {
        AskToSendAgain(context);
        const string Title = "The server cannot do this now.";
        return IsPostModtag(context)
            ? PostModtag(context, StatusCodes.Status503ServiceUnavailable, ProblemCode.SERVER_UNAVAILABLE, Title,
                "Nothing has been decided. Send the same message again after Retry-After; it is safe.")
            : AdministrationProblems.ServerUnavailable(Title);
    }

    /// <summary>The answer when the framework cannot bind a parameter or a body. It names the places and quotes no value.</summary>
    public static IActionResult InvalidParameters(ActionContext context)
    {
        var places = context.ModelState.Where(entry => entry.Value is { Errors.Count: > 0 }).Select(entry => entry.Key).ToList();
        if (IsPostModtag(context.HttpContext))
        {
            return new ResultOf(PostModtag(context.HttpContext, StatusCodes.Status400BadRequest, ProblemCode.HEADER_INVALID,
                "A request header is not what the contract says.", $"{string.Join(", ", places)}: expected a UUID in x-TransaktionsId and an ISO 8601 date and time in x-TransaktionsTid."));
        }

        return AdministrationProblems.NotBound(context, places);
    }

    private static IResult PostModtag(HttpContext context, int status, ProblemCode code, string title, string detail)
    {
        context.Items[RequestLogMiddleware.Outcome] = code.ToString();
        return Results.Json(
            new Problem
            {
                Type = new Uri($"urn:postmodtag:problem:{code}"),
                Title = title,
                Status = status,
                Detail = detail,
                Code = code,
                TransactionId = Transaction.IdOf(context),
            },
            contentType: MediaType, statusCode: status);
    }

    /// <summary>After the time that is set, or the longer one that the fagsystem has asked for; a day at most, whatever it says.</summary>
    private static void AskToSendAgain(HttpContext context, TimeSpan? fagsystemSays = null)
    {
        var seconds = Math.Max(Options(context).RetryAfter.TotalSeconds, Math.Min((fagsystemSays ?? TimeSpan.Zero).TotalSeconds, TimeSpan.SecondsPerDay));
        context.Response.Headers.RetryAfter = Seconds(seconds);
    }

    private static string Seconds(double seconds) => ((long)Math.Ceiling(seconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the call is one to EP_FS1.</summary>
    public static bool IsPostModtag(HttpContext context) => context.Request.Path.StartsWithSegments("/PostModtag");

    private static PostModtagOptions Options(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<PostModtagOptions>>().Value;
}

/// <summary>A result of minimal APIs as one of MVC's.</summary>
internal sealed class ResultOf(IResult result) : ActionResult
{
    /// <inheritdoc />
    public override Task ExecuteResultAsync(ActionContext context) => result.ExecuteAsync(context.HttpContext);
}
