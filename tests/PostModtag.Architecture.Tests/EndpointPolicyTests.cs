using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using PostModtag.Api;
using PostModtag.Testing;

namespace PostModtag.Architecture.Tests;

/// <summary>
/// Every endpoint has a policy of its own, and which it is stands in <c>endpoints.txt</c>: a new endpoint, or another policy, shows there
/// in review. An endpoint that says nothing is found.
/// </summary>
public sealed class EndpointPolicyTests
{
    private const string None = "(none)";

    [Fact]
    public async Task Every_endpoint_has_the_policy_that_the_list_says()
    {
        var listed = await File.ReadAllLinesAsync(Repository.PathOf("tests", "PostModtag.Architecture.Tests", "endpoints.txt"));
        var endpoints = await EndpointsAsync(_ => { });

        endpoints.Count.ShouldBeGreaterThan(40);
        string.Join('\n', endpoints).ShouldBe(string.Join('\n', listed));
        endpoints.ShouldAllBe(endpoint => !endpoint.EndsWith(None, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_endpoint_without_a_policy_is_found()
    {
        var endpoints = await EndpointsAsync(app =>
        {
            app.MapGet("/forgotten", () => "");
            app.MapGet("/any", () => "").RequireAuthorization();
            app.MapGet("/named", () => "").RequireAuthorization("messages.read");
        });

        endpoints.Where(endpoint => endpoint.EndsWith(None, StringComparison.Ordinal)).ShouldBe([$"GET /any {None}", $"GET /forgotten {None}"]);
        endpoints.ShouldContain("GET /named messages.read");
    }

    private static async Task<List<string>> EndpointsAsync(Action<WebApplication> map)
    {
        var folder = Directory.CreateTempSubdirectory("postmodtag-endpoints-");
        try
        {
            await using var app = PostModtagServer.Build(PostModtagServer.CreateBuilder([$"--PostModtag:DataFolder={folder}"]));
            map(app);
            return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(Show).Distinct().Order(StringComparer.Ordinal)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Show(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"];
        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy ?? None).DefaultIfEmpty(None);
        var policy = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "(open to all)" : string.Join('+', policies);
        return $"{string.Join(',', methods)} /{endpoint.RoutePattern.RawText!.TrimStart('/')} {policy}";
    }
}
