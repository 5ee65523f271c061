using AutoMapper;
using PostModtag.Application.Storage;
using PostModtag.Application.Paging;
using PostModtag.Contract;
using PostModtag.Contract.Administration;
using PostModtag.Domain.Memo;
using PostModtag.Domain.Messages;

namespace PostModtag.Api.Mapping;

/// <summary>How what is stored becomes what the contracts show.</summary>
internal sealed class ContractProfile : Profile
{
    public ContractProfile()
    {
        CreateMap<Domain.Messages.Receipt, Contract.Receipt>()
            .ForMember(to => to.ReceiptStatus, map => map.MapFrom(from => from.Status.To<Contract.ReceiptStatus>()));
        CreateMap<Contract.Receipt, PostModtag_response>()
            .ForMember(to => to.Result, map => map.MapFrom(from => from.ErrorCode == null))
            .ForMember(to => to.TransmissionID, map => map.MapFrom(from => from.TransmissionId))
            .ForMember(to => to.HovedoplysningerSvarREST, map => map.MapFrom(from => Reaction(from)));

        CreateMap<PageResult<ListedMessage>.Page, MessagePage>().ForMember(to => to.Messages, map => map.MapFrom(from => from.Items));
        CreateMap<ListedMessage, Contract.Administration.MessageSummary>()
            .IncludeMembers(from => from.Summary)
            .ForMember(to => to.State, map => map.MapFrom(from => from.State.To<Contract.Administration.MessageState>()))
            .ForMember(to => to.Concern, map => map.MapFrom(from => from.Concern.To<DeliveryConcern>()));
        CreateMap<Message, Contract.Administration.MessageSummary>()
            .IncludeMembers(from => from.Summary)
            .ForMember(to => to.Size, map => map.MapFrom(from => from.Xml.Length))
            .ForMember(to => to.FileCount, map => map.MapFrom(from => from.Files.Count))
            .ForMember(to => to.ErrorCode, map => map.MapFrom(from => from.Receipt == null ? null : from.Receipt.ErrorCode))
            .ForMember(to => to.State, map => map.MapFrom(from => from.State.To<Contract.Administration.MessageState>()))
            .ForMember(to => to.Concern, map => map.MapFrom(from => from.Concern.To<DeliveryConcern>()));
        CreateMap<Domain.Messages.MessageSummary, Contract.Administration.MessageSummary>(MemberList.None);
        CreateMap<WholeMessage, MessageDetails>()
            .IncludeMembers(from => from.Message)
            .ForMember(to => to.Summary, map => map.MapFrom(from => from.Message))
            .ForMember(to => to.Fields, map => map.MapFrom(from => Fields(from.Message.Memo)))
            .ForMember(to => to.Attempts, map => map.MapFrom(from => from.Attempts))
            .ForMember(to => to.Outbox, map => map.MapFrom(from => from.Outbox))
            .AfterMap((from, to) => _ = to.Routing is { } routing ? routing.Fagsystem = from.Message.Fagsystem : null);
        CreateMap<Domain.Outbox.OutboxEntry, OutboxEntry>()
            .ForMember(to => to.Kind, map => map.MapFrom(from => from.Kind.To<OutboxKind>()))
            .ForMember(to => to.State, map => map.MapFrom(from => from.State.To<OutboxState>()))
            .ForMember(to => to.NextAttemptAt, map => map.MapFrom(from => from.State == Domain.Outbox.OutboxState.Waiting ? from.NextAttemptAt : (DateTimeOffset?)null));
        CreateMap<PageResult<Domain.Outbox.OutboxEntry>.Page, OutboxPage>()
            .ForMember(to => to.Entries, map => map.MapFrom(from => from.Items));
        CreateMap<Domain.Deliveries.DeliveryAttempt, Contract.Administration.DeliveryAttempt>()
            .ForMember(to => to.Result, map => map.MapFrom(from => from.Result.To<DeliveryAttemptResult>()));
        CreateMap<Message, MessageDetails>(MemberList.None)
            .ForMember(to => to.Summary, map => map.Ignore())
            .ForMember(to => to.Attempts, map => map.Ignore())
            .ForMember(to => to.Outbox, map => map.Ignore())
            .ForMember(to => to.Concern, map => map.MapFrom(from => from.Concern.To<DeliveryConcern>()))
            .ForMember(to => to.Sha256, map => map.MapFrom(from => from.Xml.Sha256));
        CreateMap<Domain.Messages.MessageRouting, Contract.Administration.MessageRouting>()
            .ForMember(to => to.Basis, map => map.MapFrom(from => from.Basis.To<RoutingBasis>()))
            .ForMember(to => to.Fagsystem, map => map.Ignore());
        CreateMap<Domain.Messages.Receipt, MessageReceipt>()
            .ForMember(to => to.ReceiptStatus, map => map.MapFrom(from => from.Status.To<Contract.ReceiptStatus>().ToString()));
        CreateMap<Domain.Messages.MessageFile, Contract.Administration.MessageFile>()
            .ForMember(to => to.Size, map => map.MapFrom(from => from.Content.Length))
            .ForMember(to => to.Sha256, map => map.MapFrom(from => from.Content.Sha256));
        CreateMap<Violation, MessageViolation>()
            .ForMember(to => to.Danish, map => map.MapFrom(from => from.Expected.Danish))
            .ForMember(to => to.English, map => map.MapFrom(from => from.Expected.English));
        CreateMap<Domain.Messages.RefusedCopy, Contract.Administration.RefusedCopy>()
            .ForMember(to => to.Size, map => map.MapFrom(from => from.Length));
    }

    /// <summary>As SF1601 answers: an Advis when the message is taken, a Fejl when it is not, never both.</summary>
    private static HovedoplysningerSvarREST Reaction(Contract.Receipt receipt) => new()
    {
        SvarReaktion = receipt.ErrorCode is { } code
            ? new SvarReaktion { Fejl = new Fejl { FejlId = code, FejlTekst = receipt.ErrorMessage! } }
            : new SvarReaktion { Advis = new Advis { AdvisId = "0", AdvisTekst = Enum.Parse<AdvisTekst>(receipt.ReceiptStatus.ToString()) } },
    };

    private static List<MessageField> Fields(MemoMessage? memo) => memo is null
        ? []
        : [.. MemoFields.All.SelectMany(field => field.Values(memo).Select(value => new MessageField { Path = field.Path, Value = value }))];
}
