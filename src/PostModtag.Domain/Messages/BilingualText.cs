namespace PostModtag.Domain.Messages;

/// <summary>A text for people, in Danish with English beside.</summary>
public sealed record BilingualText(string Danish, string English)
{
    /// <summary>Both languages on one line: Danish, a vertical bar, English.</summary>
    public override string ToString() => $"{Danish} | {English}";
}
