namespace PostModtag.Application.Access;

/// <summary>
/// The caller asked for what is of an authority that is not one of its own, or of all. No handler has been asked. It is thrown before
/// every use case alike, so that none can forget it, and the host answers it once.
/// </summary>
public sealed class NotPermittedException() : Exception("The caller is not permitted this authority.");
