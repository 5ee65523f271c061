using MediatR;
using PostModtag.Application.Access;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.GetFields;

/// <summary>Get the fields that a condition can ask for.</summary>
public sealed record GetFieldsQuery : IRequest<RuleFieldList>, IOfEveryone;

/// <summary>The fields, and the forms of those that are had by a name.</summary>
public sealed record RuleFieldList(IReadOnlyCollection<RuleField> Fields, IReadOnlyList<string> NamedForms);

/// <summary>Gets the fields.</summary>
internal sealed class GetFieldsHandler : IRequestHandler<GetFieldsQuery, RuleFieldList>
{
    /// <inheritdoc />
    public Task<RuleFieldList> Handle(GetFieldsQuery request, CancellationToken cancellationToken) =>
        Task.FromResult(new RuleFieldList(RuleFields.All, [.. RuleFields.NamedForms]));
}
