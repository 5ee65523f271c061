namespace PostModtag.Cli.Commands;

/// <summary>Addresses that a person gives.</summary>
internal static class HttpAddress
{
    /// <summary>The address.</summary>
    /// <param name="text">As it was given.</param>
    /// <param name="name">What it is, for who gave another.</param>
    /// <param name="example">One that would do.</param>
    /// <exception cref="MisusedException">It is none with http or https.</exception>
    public static Uri Of(string text, string name, string example) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new MisusedException($"{name} must be an address such as {example}.");
}
