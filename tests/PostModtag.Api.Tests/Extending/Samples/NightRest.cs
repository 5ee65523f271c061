using MediatR;
using PostModtag.Application.ReceiveMessage;

namespace PostModtag.Api.Tests.Extending.Samples;

public sealed class NightRest(TimeProvider clock) : IPipelineBehavior<ReceiveMessageCommand, ReceiveMessageResult>
{
    public Task<ReceiveMessageResult> Handle(ReceiveMessageCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<ReceiveMessageResult> next) =>
        clock.GetUtcNow().Hour is 2
            ? Task.FromResult<ReceiveMessageResult>(new ReceiveMessageResult.Undecided(retryAfter: TimeSpan.FromHours(1)))
            : next();
}
