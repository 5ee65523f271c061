namespace PostModtag.Cli.Sending;

/// <summary>A message that is to be sent.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="MessageUuid">Its messageUUID; empty where it has none that can be read.</param>
/// <param name="Open">Opens its bytes.</param>
internal sealed record OutgoingMessage(string Name, Guid MessageUuid, Func<Stream> Open);
