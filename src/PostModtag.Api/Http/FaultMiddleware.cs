using PostModtag.Api.Administration;
using PostModtag.Api.ConsoleAccess;
using PostModtag.Application;
using PostModtag.Application.Access;
using PostModtag.Web;

namespace PostModtag.Api.Http;

/// <summary>
/// The edge at which every fault ends: a body that does not come, storage that does not take, a bug. Nothing is decided
/// then, so the answer says so, and sending again is safe. What is logged leaves out the exception's own text.
/// </summary>
internal sealed partial class FaultMiddleware(RequestDelegate next, ILogger<FaultMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            SenderGone(log);
        }
        catch (NotPermittedException) when (!context.Response.HasStarted)
        {
            await (ConsoleRegistration.IsConsole(context) ? WebRegistration.Problem(ConsoleProblem.NotPermitted) : Problems.NotPermitted(context)).ExecuteAsync(context);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge && !Problems.IsPostModtag(context) && !ConsoleRegistration.IsConsole(context) && !context.Response.HasStarted)
        {
            await AdministrationProblems.BodyTooLarge("A rule set is at most 10 MB.").ExecuteAsync(context);
        }
        catch (BadHttpRequestException exception) when (ConsoleRegistration.IsConsole(context) && !context.Response.HasStarted)
        {
            await WebRegistration.Problem(exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? ConsoleProblem.TooLarge : ConsoleProblem.BadForm).ExecuteAsync(context);
        }
        catch (BadHttpRequestException) when (!context.Response.HasStarted)
        {
            BodyIncomplete(log);
            await Problems.BodyIncomplete(context).ExecuteAsync(context);
        }
#pragma warning disable CA1031 // The edge: whatever it is, it is logged and answered here.
        catch (Exception exception) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            Fault(log, ExceptionDescription.Of(exception));
            await (ConsoleRegistration.IsConsole(context) ? WebRegistration.Problem(ConsoleProblem.Unavailable) : Problems.ServerUnavailable(context)).ExecuteAsync(context);
        }
    }

    [LoggerMessage(202, LogLevel.Information, "The sender went away before the answer; nothing of a body that was not whole is kept")]
    private static partial void SenderGone(ILogger log);

    [LoggerMessage(203, LogLevel.Information, "The body came too slowly or not to its end; nothing of it is kept")]
    private static partial void BodyIncomplete(ILogger log);

    [LoggerMessage(204, LogLevel.Error, "The call failed and is answered 503. It threw {Exception}")]
    private static partial void Fault(ILogger log, string exception);
}
