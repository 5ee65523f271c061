using PostModtag.Contract;

namespace PostModtag.Api.Tests.Extending.Samples;

public sealed class Sender(HttpClient http)
{
    public async Task<string> SendAsync(string file, CancellationToken cancellationToken)
    {
        await using var memo = File.OpenRead(file);
        try
        {
            var receipt = (await new PostModtagClient(http).ReceiveMessageAsync(memo, "application/xml", Guid.NewGuid(), cancellationToken)).Result;
            return $"{receipt.ReceiptStatus} {receipt.ErrorCode}";
        }
        catch (PostModtagException<Problem> problem)
        {
            // No receipt: a problem (4xx), or send the same message again (408, 429, 503).
            return $"{problem.StatusCode} {problem.Result.Code}";
        }
    }
}
