using FluentValidation;
using MediatR;
using PostModtag.Application.Access;
using PostModtag.Application.Administration;
using PostModtag.Application.Routing;
using PostModtag.Domain.Rules;

namespace PostModtag.Application.PublishRules;

/// <summary>Publish the draft of an authority's rules, or an earlier version again.</summary>
public sealed class PublishRulesCommand : IRequest<Change<PublishedRules>>, IOfAuthority
{
    /// <summary>The authority's CVR number.</summary>
    public required string Cvr { get; init; }

    /// <summary><c>draft</c>, or the number of a publication.</summary>
    public required string Version { get; init; }

    /// <summary>Why, for those who read the history.</summary>
    public required string Comment { get; init; }

    /// <summary>The revision of the authority's rules that the caller has seen.</summary>
    public required ExpectedRevision Expected { get; init; }
}

/// <summary>A publication, and the revision of the authority's rules with it.</summary>
public sealed record PublishedRules(Publication Publication, long Revision);

/// <summary>What a command must be.</summary>
internal sealed class PublishRulesValidator : AbstractValidator<PublishRulesCommand>
{
    private const int MaxComment = 1_000;

    /// <summary>The rules.</summary>
    public PublishRulesValidator()
    {
        RuleFor(command => command.Version).Must(version => version == RuleVersions.Draft || RuleVersions.IsNumber(version, out _))
            .OverridePropertyName("version").Says("Udgaven findes ikke.", "Expected draft, or the number of a publication.");
        RuleFor(command => command.Comment).Must(comment => !string.IsNullOrWhiteSpace(comment) && comment.Length <= MaxComment)
            .OverridePropertyName("comment").Says($"Skriv hvorfor, med 1 til {MaxComment} tegn.", $"Expected 1 to {MaxComment} characters that say why.");
    }
}
