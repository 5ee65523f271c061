using AutoMapper;
using PostModtag.Application.Guard;
using PostModtag.Domain.Guard;
using Contracts = PostModtag.Contract.Administration;

namespace PostModtag.Api.Mapping;

/// <summary>How what the seven-day guard has counted becomes what the contract shows.</summary>
internal sealed class GuardProfile : Profile
{
    public GuardProfile()
    {
        CreateMap<CountdownList, Contracts.CountdownList>();
        CreateMap<Countdown, Contracts.Countdown>()
            .IncludeMembers(from => from.Taken)
            .ForMember(to => to.Level, map => map.MapFrom(from => from.Level.To<Contracts.CountdownLevel>()))
            .ForMember(to => to.Cause, map => map.MapFrom(from => from.Cause == null ? Contracts.CountdownCause.NONE : from.Cause.Value.To<Contracts.CountdownCause>()))
            .ForMember(to => to.SecondsLeft, map => map.MapFrom(from => from.Left == null ? (long?)null : (long)Math.Floor(from.Left.Value.TotalSeconds)))
            .ForMember(to => to.Danish, map => map.MapFrom(from => from.Text.Danish))
            .ForMember(to => to.English, map => map.MapFrom(from => from.Text.English));
        CreateMap<Taken, Contracts.Countdown>(MemberList.None);
    }
}
