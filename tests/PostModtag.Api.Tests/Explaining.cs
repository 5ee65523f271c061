using PostModtag.Contract.Administration;

namespace PostModtag.Api.Tests;

/// <summary>Uploads a message to be explained.</summary>
internal static class Explaining
{
    public static async Task<AdministrationResponse<Explanation>> ExplainAsync(this ExplanationsClient client, string authority, byte[] memo, string? version = null) =>
        await client.ExplainMemoAsync(new MemoryStream(memo), authority, version, CancellationToken.None);
}
