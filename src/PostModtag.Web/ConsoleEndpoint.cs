namespace PostModtag.Web;

/// <summary>
/// What marks an endpoint as the console's: people sign in there with a cookie, and never with what programs have, and what goes wrong
/// is told as a page. The cookie lets nobody in anywhere else, so that no other site's page can call the API with it.
/// </summary>
public sealed class ConsoleEndpoint;
