namespace PostModtag.Fuzz;

/// <summary>Takes tokens out of a body, ever fewer at once, as long as something is wrong with what is left.</summary>
internal static class Minimiser
{
    private const int MostTries = 2_000;

    public static async Task<byte[]> MinimiseAsync(byte[] body, Func<byte[], Task<bool>> isWrong)
    {
        var tokens = new Markup(body);
        var tries = 0;
        for (var count = Math.Max(1, tokens.Tokens.Count / 2); count > 0; count /= 2)
        {
            for (var at = 0; at + count <= tokens.Tokens.Count && tries < MostTries;)
            {
                var taken = tokens.Tokens.GetRange(at, count);
                tokens.Tokens.RemoveRange(at, count);
                tries++;
                if (await isWrong(tokens.ToBytes()))
                    continue;
                tokens.Tokens.InsertRange(at, taken);
                at += count;
            }
        }

        return await isWrong(tokens.ToBytes()) ? tokens.ToBytes() : body;
    }
}
