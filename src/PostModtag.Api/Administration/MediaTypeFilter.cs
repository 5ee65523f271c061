using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using PostModtag.Api.Http;

namespace PostModtag.Api.Administration;

/// <summary>A body that is not declared as JSON is answered with the contract's problem in the place of the framework's.</summary>
internal sealed class MediaTypeFilter : IAlwaysRunResultFilter, IOrderedFilter
{
    /// <summary>Before the framework makes a problem of its own of it, at -2000.</summary>
    public int Order => -3000;

    /// <inheritdoc />
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is UnsupportedMediaTypeResult)
            context.Result = new ResultOf(AdministrationProblems.MediaTypeNotSupported("Send it as JSON, with Content-Type: application/json."));
    }

    /// <inheritdoc />
    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
