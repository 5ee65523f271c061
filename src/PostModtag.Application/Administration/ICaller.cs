using PostModtag.Application.Access;

namespace PostModtag.Application.Administration;

/// <summary>Who makes the call: its name for the audit trail, and how far it reaches.</summary>
public interface ICaller
{
    /// <summary>The name; <c>anonymous</c> where it is not known.</summary>
    string Name { get; }

    /// <summary>The authorities whose rules and messages it may see and change. What runs in the background may see all.</summary>
    AuthorityAccess Authorities { get; }

    /// <summary>Whether it may do that: one of <see cref="Permissions"/>. What runs in the background may do all, and so may who is on this machine while sign-in is off.</summary>
    bool May(string permission);
}
