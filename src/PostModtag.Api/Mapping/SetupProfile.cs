using System.Globalization;
using AutoMapper;
using PostModtag.Application.CompareRuleFile;
using PostModtag.Application.GetFagsystemConnection;
using PostModtag.Application.GetFields;
using PostModtag.Application.GetImpact;
using PostModtag.Application.GetPublication;
using PostModtag.Application.Paging;
using PostModtag.Application.Rules;
using PostModtag.Application.Storage;
using PostModtag.Domain.Audit;
using PostModtag.Domain.Reconciliation;
using PostModtag.Domain.Rules;
using PostModtag.Domain.Rules.Lint;
using Contracts = PostModtag.Contract.Administration;
using Fagsystem = PostModtag.Domain.Fagsystemer.Fagsystem;
using RestConnection = PostModtag.Domain.Fagsystemer.RestConnection;

namespace PostModtag.Api.Mapping;

/// <summary>How the set-up becomes what the contract shows: fagsystemer, rules, findings, explanations, impact, audit, reconciliation.</summary>
internal sealed class SetupProfile : Profile
{
    public SetupProfile()
    {
        CreateMap<Fagsystem, Contracts.Fagsystem>()
            .ForMember(to => to.Kind, map => map.MapFrom(from => from.Kind.To<Contracts.FagsystemKind>()))
            .ForMember(to => to.State, map => map.MapFrom(from => from.State.To<Contracts.FagsystemState>()));
        CreateMap<RestConnection, Contracts.RestConnection>();
        CreateMap<FagsystemConnectionView, Contracts.FagsystemConnection>()
            .ForMember(to => to.State, map => map.MapFrom(from => from.Status.State.To<Contracts.FagsystemConnectionState>()))
            .ForMember(to => to.BrokenUntil, map => map.MapFrom(from => from.Status.BrokenUntil))
            .ForMember(to => to.UnderWay, map => map.MapFrom(from => from.Status.UnderWay))
            .ForMember(to => to.Credential, map => map.MapFrom(from => from.Credential == null ? Contracts.FagsystemConnectionCredential.NONE : from.Credential.Kind.To<Contracts.FagsystemConnectionCredential>()))
            .ForMember(to => to.Presented, map => map.MapFrom(from => from.Credential == null ? null : from.Credential.Description))
            .ForMember(to => to.ExpiresAt, map => map.MapFrom(from => from.Credential == null ? null : from.Credential.ExpiresAt));
        Page<Fagsystem, Contracts.FagsystemPage>(nameof(Contracts.FagsystemPage.Fagsystemer));

        CreateMap<RuleSet, Contracts.RuleSet>().ConvertUsing(from => RuleSets.ToContract(from));
        CreateMap<Draft, Contracts.Draft>()
            .ForMember(to => to.Cvr, map => map.MapFrom(from => from.Authority.Cvr))
            .ForMember(to => to.CurrentVersion, map => map.MapFrom(from => from.Authority.CurrentVersion))
            .ForMember(to => to.ChangedAt, map => map.MapFrom(from => from.Authority.DraftChangedAt))
            .ForMember(to => to.ChangedBy, map => map.MapFrom(from => from.Authority.DraftChangedBy));
        CreateMap<Publication, Contracts.Publication>()
            .ForMember(to => to.Republished, map => map.MapFrom(from => from.Again))
            .ForMember(to => to.IsCurrent, map => map.MapFrom(_ => true));
        CreateMap<CurrentOrNot, Contracts.Publication>()
            .IncludeMembers(from => from.Publication)
            .ForMember(to => to.IsCurrent, map => map.MapFrom(from => from.IsCurrent));
        CreateMap<PublicationSummary, Contracts.PublicationSummary>().ForMember(to => to.Republished, map => map.MapFrom(from => from.Again));
        Page<PublicationSummary, Contracts.PublicationPage>(nameof(Contracts.PublicationPage.Publications));
        CreateMap<AuthoritySummary, Contracts.Authority>();
        Page<AuthoritySummary, Contracts.AuthorityPage>(nameof(Contracts.AuthorityPage.Authorities));

        CreateMap<RuleFieldList, Contracts.FieldList>().ForMember(to => to.NamedFields, map => map.MapFrom(from => from.NamedForms));
        CreateMap<RuleField, Contracts.Field>()
            .ForMember(to => to.Type, map => map.MapFrom(from => from.Type.ToString()))
            .ForMember(to => to.Operators, map => map.MapFrom(from => from.Operators.Select(RuleSets.ToContract)))
            .ForMember(to => to.AllowedValues, map => map.AllowNull())
            .ForMember(to => to.English, map => map.MapFrom(from => from.Documentation))
            .ForMember(to => to.Danish, map => map.MapFrom(from => from.DocumentationDanish));
        CreateMap<LintFinding, Contracts.Finding>()
            .ForMember(to => to.Severity, map => map.MapFrom(from => from.IsError ? Contracts.FindingSeverity.ERROR : Contracts.FindingSeverity.WARNING))
            .ForMember(to => to.Code, map => map.MapFrom(from => from.Code.ToString()))
            .ForMember(to => to.Condition, map => map.MapFrom(from => from.Condition + 1))
            .ForMember(to => to.Danish, map => map.MapFrom(from => from.Text.Danish))
            .ForMember(to => to.English, map => map.MapFrom(from => from.Text.English));
        CreateMap<RuleDifference, Contracts.RuleDifference>()
            .ForMember(to => to.Kind, map => map.MapFrom(from => from.Kind.To<Contracts.RuleDifferenceKind>()));
        CreateMap<RuleFileComparison, Contracts.RuleFileComparison>();

        CreateMap<Explained.Answer, Contracts.Explanation>().IncludeMembers(from => from.Explanation);
        CreateMap<RoutingExplanation, Contracts.Explanation>(MemberList.None);
        CreateMap<RoutingDecision, Contracts.ExplainedDecision>()
            .ForMember(to => to.Basis, map => map.MapFrom(from => from.Basis.To<Contracts.RoutingBasis>()));
        CreateMap<TriedRule, Contracts.TriedRule>();
        CreateMap<TriedCondition, Contracts.TriedCondition>()
            .ForMember(to => to.Condition, map => map.MapFrom(from => ConditionText.Of(from.Condition)))
            .ForMember(to => to.Field, map => map.MapFrom(from => from.Condition.Field));

        CreateMap<ImpactResult.Impact, Contracts.Impact>()
            .ForMember(to => to.Messages, map => map.MapFrom(from => from.Messages.Items))
            .ForMember(to => to.NextCursor, map => map.MapFrom(from => from.Messages.NextCursor));
        CreateMap<ImpactFlow, Contracts.ImpactFlow>();
        CreateMap<MovedMessage, Contracts.ImpactMessage>();

        CreateMap<AuditEntry, Contracts.AuditEntry>()
            .ForMember(to => to.Action, map => map.MapFrom(from => from.Action.To<Contracts.AuditAction>()));
        Page<AuditEntry, Contracts.AuditPage>(nameof(Contracts.AuditPage.Entries));
        CreateMap<ReconciliationRecord, Contracts.Reconciliation>()
            .ForMember(to => to.Day, map => map.MapFrom(from => from.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Page<ReconciliationRecord, Contracts.ReconciliationPage>(nameof(Contracts.ReconciliationPage.Records));
    }

    /// <summary>Every page has its items under a name of its own.</summary>
    private void Page<TItem, TPage>(string items) =>
        CreateMap<PageResult<TItem>.Page, TPage>().ForMember(items, map => map.MapFrom(nameof(PageResult<>.Page.Items)));
}
