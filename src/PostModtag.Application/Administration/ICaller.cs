namespace PostModtag.Application.Administration;

/// <summary>Who makes the call, for the audit trail.</summary>
public interface ICaller
{
    /// <summary>The name; <c>anonymous</c> where it is not known.</summary>
    string Name { get; }
}
