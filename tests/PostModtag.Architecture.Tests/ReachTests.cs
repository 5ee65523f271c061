using MediatR;
using PostModtag.Application;
using PostModtag.Application.Access;

namespace PostModtag.Architecture.Tests;

/// <summary>Every request says how far it reaches, so that no use case forgets whose authority it is about.</summary>
public sealed class ReachTests
{
    private static readonly Type[] Reaches = [typeof(IOfAuthority), typeof(IOfCallersAuthorities), typeof(IOfServer), typeof(IOfEveryone)];

    [Fact]
    public void Every_request_has_exactly_one_reach()
    {
        var requests = typeof(PostModtagOptions).Assembly.GetTypes().Where(IsRequest).ToList();
        requests.Count.ShouldBe(41);
        Unclear(requests).ShouldBeEmpty();
    }

    [Fact]
    public void A_request_about_an_authority_is_of_it() =>
        typeof(PostModtagOptions).Assembly.GetTypes().Where(type => IsRequest(type) && type.GetProperty("Cvr") is not null).ShouldAllBe(type => type.IsAssignableTo(typeof(IOfAuthority)));

    [Fact]
    public void A_request_without_a_reach_or_with_two_is_found() =>
        Unclear([typeof(Forgotten), typeof(Undecided), typeof(Clear)]).ShouldBe([nameof(Forgotten), nameof(Undecided)]);

    private static bool IsRequest(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>));

    private static IEnumerable<string> Unclear(IEnumerable<Type> requests) => requests.Where(request => Reaches.Count(request.IsAssignableTo) != 1).Select(request => request.Name);

    private sealed record Forgotten : IRequest<int>;

    private sealed record Undecided : IRequest<int>, IOfServer, IOfEveryone;

    private sealed record Clear : IRequest<int>, IOfServer;
}
