using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace PostModtag.Web;

/// <summary>What every page has at hand.</summary>
public abstract class ConsolePage : ComponentBase
{
    /// <summary>The call that the page answers.</summary>
    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    /// <summary>The way to the use cases.</summary>
    [Inject]
    protected UseCases Use { get; set; } = null!;

    /// <summary>Where the page is, and the way to others.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Whether what the page is about is not there; it then says so.</summary>
    protected bool IsMissing { get; private set; }

    /// <summary>Says that what the page is about is not there.</summary>
    protected void Miss()
    {
        IsMissing = true;
        Http.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
