using AutoMapper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using PostModtag.Api.Http;
using PostModtag.Application.Administration;
using PostModtag.Application.Paging;
using PostModtag.Contract.Administration;
using PostModtag.Domain.Rules.Lint;

namespace PostModtag.Api.Administration;

/// <summary>Every problem+json of the administration: what is wrong, where, and what to do.</summary>
internal static class AdministrationProblems
{
    public static IResult NotFound() => Problem(StatusCodes.Status404NotFound, AdministrationProblemCode.NOT_FOUND,
        "There is nothing of that name or number.",
        "GET /messages, /fagsystemer, /authorities and /authorities/CVR/publications list what there is; a message lists its files.");

    public static IResult ContentsDeleted(DateTimeOffset at) => Problem(StatusCodes.Status410Gone, AdministrationProblemCode.CONTENTS_DELETED,
        "The message's XML and files have been deleted.",
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Its authority keeps them no longer; they were deleted on {at:yyyy-MM-dd HH:mm} UTC. What else is known of the message is still there."));

    public static IResult NotAuthenticated(string title) => Problem(StatusCodes.Status401Unauthorized, AdministrationProblemCode.NOT_AUTHENTICATED,
        title, "Send an API key in X-Api-Key, or a person's token as Authorization: Bearer.");

    public static IResult NotPermitted() => Problem(StatusCodes.Status403Forbidden, AdministrationProblemCode.NOT_PERMITTED,
        "The caller may not do this.", "It takes a role or a scope that the caller has not, or is about an authority that is not one of the caller's.");

    public static IResult TooManyCalls(string title, string detail) => Problem(StatusCodes.Status429TooManyRequests, AdministrationProblemCode.TOO_MANY_CALLS, title, detail);

    public static IResult PreconditionRequired() => Problem(StatusCodes.Status428PreconditionRequired, AdministrationProblemCode.PRECONDITION_REQUIRED,
        "If-Match is missing.", "Read it first, and send the ETag of that answer in If-Match.");

    public static IResult PreconditionFailed() => Problem(StatusCodes.Status412PreconditionFailed, AdministrationProblemCode.PRECONDITION_FAILED,
        "It was changed meanwhile.", "Read it again, and send the change with the ETag of that answer in If-Match. Nothing has been changed.");

    public static IResult InvalidBody(IReadOnlyList<Fault> faults) => InvalidBody(Errors(faults));

    private static AdministrationProblemResult InvalidBody(IReadOnlyList<ProblemError> errors) => Problem(StatusCodes.Status400BadRequest, AdministrationProblemCode.BODY_INVALID,
        "The body is not what the contract says.", "Mend what the errors say. Nothing has been changed.", errors);

    public static IResult BodyTooLarge(string detail) => Problem(StatusCodes.Status413PayloadTooLarge, AdministrationProblemCode.BODY_TOO_LARGE,
        "The body is too large.", detail);

    public static IResult MediaTypeNotSupported(string detail) => Problem(StatusCodes.Status415UnsupportedMediaType, AdministrationProblemCode.MEDIA_TYPE_NOT_SUPPORTED,
        "The body is not declared as what it must be.", detail);

    public static IResult MemoInvalid(IReadOnlyList<Fault> faults) => Problem(StatusCodes.Status422UnprocessableEntity, AdministrationProblemCode.MEMO_INVALID,
        "The message never comes to the rules.", "EP_FS1 rejects it before. The errors say why.", Errors(faults));

    public static IResult RulesHaveErrors(IReadOnlyList<LintFinding> findings) =>
        Refused(Refusal.RulesHaveErrors, "These rules cannot be asked. Mend what the findings say first.", findings);

    public static IResult Refused(Refusal reason, string detail, IReadOnlyList<LintFinding> findings) =>
        Problem(StatusCodes.Status409Conflict, Of(reason).Code, Of(reason).Title, detail, findings: findings);

    /// <summary>A refusal's code and title.</summary>
    public static (AdministrationProblemCode Code, string Title) Of(Refusal reason) => reason switch
    {
        Refusal.KeyTaken => (AdministrationProblemCode.FAGSYSTEM_KEY_TAKEN, "Another fagsystem has the key."),
        Refusal.FagsystemInUse => (AdministrationProblemCode.FAGSYSTEM_IN_USE, "The fagsystem is in use."),
        Refusal.RulesHaveErrors => (AdministrationProblemCode.RULES_HAVE_ERRORS, "The rules have errors."),
        Refusal.MessageDecided => (AdministrationProblemCode.MESSAGE_DECIDED, "The message is decided."),
        Refusal.OutboxEntryNotEnded => (AdministrationProblemCode.OUTBOX_ENTRY_NOT_ENDED, "There is nothing to send again."),
        Refusal.MessageBusy => (AdministrationProblemCode.MESSAGE_BUSY, "The message is on its way."),
        Refusal.NothingToPublish => (AdministrationProblemCode.NOTHING_TO_PUBLISH, "There is no draft."),
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>The answer to a query for a page that cannot be had.</summary>
    public static IResult InvalidPage<T>(PageResult<T> result) => result is PageResult<T>.Invalid invalid
        ? InvalidParameter(invalid.Reason)
        : throw new InvalidOperationException($"{result.GetType()} is no outcome of a query for a page.");

    public static IResult InvalidParameter(string detail) => Problem(StatusCodes.Status400BadRequest,
        AdministrationProblemCode.PARAMETER_INVALID, "A parameter is not what the contract says.", detail);

    public static IResult ServerUnavailable(string title) => Problem(StatusCodes.Status503ServiceUnavailable, AdministrationProblemCode.SERVER_UNAVAILABLE, title,
        "Ask again after Retry-After. The server's log says what failed, under the answer's x-TransaktionsId.");

    /// <summary>The framework has turned the call away with a bare status.</summary>
    public static IResult OfStatus(int status)
    {
        const string SeeContract = "The contracts under /docs say what there is.";
        return status switch
        {
            StatusCodes.Status404NotFound => Problem(status, AdministrationProblemCode.NOT_FOUND, "There is no such address.", SeeContract),
            StatusCodes.Status405MethodNotAllowed => Problem(status, AdministrationProblemCode.METHOD_NOT_ALLOWED, "The address does not take this method.", $"The Allow header names those that it takes. {SeeContract}"),
            StatusCodes.Status406NotAcceptable => Problem(status, AdministrationProblemCode.NOT_ACCEPTABLE, "The answer is had as JSON.", "Send Accept: application/json, or no Accept at all."),
            StatusCodes.Status415UnsupportedMediaType => Problem(status, AdministrationProblemCode.MEDIA_TYPE_NOT_SUPPORTED, "The body is not declared as what it must be.", $"Send Content-Type: application/json. {SeeContract}"),
            _ => Results.Empty,
        };
    }

    /// <summary>The framework could not bind a parameter or the body, at these places.</summary>
    public static ResultOf NotBound(ActionContext context, IReadOnlyList<string> places)
    {
        var body = context.ActionDescriptor.Parameters.FirstOrDefault(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Body);
        var inBody = places.Where(place => body is not null && place.StartsWith('$')).ToList();
        if (inBody.Count == 0 && (body is null || places.All(place => context.ActionDescriptor.Parameters.Any(parameter => parameter != body && IsNamed(parameter, place)))))
            return new ResultOf(InvalidParameter(string.Join(' ', places.Select(place => $"{place}: expected {ExpectedOf(context, place)}."))));

        var expected = $"Expected what the contract says of {body!.ParameterType.Name} (/docs): the right kind of value, every required property, and none that it does not know.";
        return new ResultOf(InvalidBody([.. (inBody.Count > 0 ? inBody : places).Select(place => new ProblemError { Place = PlaceInBody(place), Message = expected })]));
    }

    private static string ExpectedOf(ActionContext context, string place)
    {
        var type = context.ActionDescriptor.Parameters.FirstOrDefault(parameter => IsNamed(parameter, place))?.ParameterType;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (type is { IsEnum: true })
            return $"one of {string.Join(", ", Enum.GetNames(type))}";
        return type == typeof(Guid) ? "a UUID"
            : type == typeof(int) ? "a whole number"
            : type == typeof(DateTimeOffset) ? "a date and time with an offset, such as 2026-11-23T10:15:30Z"
            : "what the contract says (/docs)";
    }

    private static bool IsNamed(Microsoft.AspNetCore.Mvc.Abstractions.ParameterDescriptor parameter, string place) =>
        place == parameter.Name || place == parameter.BindingInfo?.BinderModelName;

    private static string PlaceInBody(string place) => place.TrimStart('$', '.') is { Length: > 0 } inBody ? inBody : "body";

    private static AdministrationProblemResult Problem(
        int status, AdministrationProblemCode code, string title, string detail, IReadOnlyList<ProblemError>? errors = null, IReadOnlyList<LintFinding>? findings = null) =>
        new AdministrationProblemResult(
            new AdministrationProblem { Type = new Uri($"urn:postmodtag:problem:{code}"), Title = title, Status = status, Detail = detail, Code = code, Errors = errors },
            findings is { Count: > 0 } ? findings : null);

    private static List<ProblemError> Errors(IReadOnlyList<Fault> faults) =>
        [.. faults.Select(fault => new ProblemError { Place = fault.Place, Message = fault.Message })];
}

/// <summary>A problem of the administration, with what lint found as the contract has it.</summary>
internal sealed class AdministrationProblemResult(AdministrationProblem problem, IReadOnlyList<LintFinding>? findings) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (findings is not null)
            problem.Findings = httpContext.RequestServices.GetRequiredService<IMapper>().Map<List<Finding>>(findings);
        return Results.Json(problem, contentType: "application/problem+json", statusCode: problem.Status).ExecuteAsync(httpContext);
    }
}
