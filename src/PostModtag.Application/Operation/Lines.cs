namespace PostModtag.Application.Operation;

/// <summary>Writes how far an operator's command has come, each sentence at once.</summary>
internal sealed class Lines(TextWriter output) : IProgress<string>
{
    /// <inheritdoc />
    public void Report(string value) => output.WriteLine(value);
}
