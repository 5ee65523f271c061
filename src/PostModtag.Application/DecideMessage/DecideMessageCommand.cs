using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Deliveries;
using PostModtag.Domain.Messages;

namespace PostModtag.Application.DecideMessage;

/// <summary>A person's decision about a message that is not decided.</summary>
public sealed record DecideMessageCommand(Guid MessageUuid, Decision Decision) : IRequest<Change<Message>>, IOfCallersAuthorities;
