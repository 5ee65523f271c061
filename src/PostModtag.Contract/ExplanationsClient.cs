using System.Net.Http.Headers;

namespace PostModtag.Contract.Administration;

/// <summary>
/// The typed client of explanations. The generated part knows the address, the answers and the errors; this part gives one
/// operation its body, which is streamed and never bound to a type.
/// </summary>
public partial class ExplanationsClient
{
    private HttpContent? _memo;

    /// <summary>Asks where a MeMo message would go, and why. Nothing of it is kept.</summary>
    /// <param name="memo">The message's bytes; streamed once.</param>
    /// <param name="cvr">The CVR number of the authority whose rules are asked.</param>
    /// <param name="version"><c>draft</c>, <c>current</c>, or the number of a publication; the draft when null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="AdministrationException{AdministrationProblem}">The answer is a problem.</exception>
    public Task<AdministrationResponse<Explanation>> ExplainMemoAsync(Stream memo, string cvr, string? version, CancellationToken cancellationToken)
    {
        var body = new StreamContent(memo);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        return new ExplanationsClient(_httpClient) { _memo = body }.ExplainMemoAsync(cvr, version, cancellationToken);
    }

    partial void PrepareRequest(HttpClient client, HttpRequestMessage request, string url)
    {
        if (_memo is not null)
            request.Content = _memo;
    }
}
