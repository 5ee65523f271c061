using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using PostModtag.Testing;
using YamlDotNet.RepresentationModel;

namespace PostModtag.Api.Tests.Server;

/// <summary>Every operation of the contracts has a controller's method, a use case of its name, and tests.</summary>
public sealed class ContractTests
{
    private static readonly List<string> Known = [.. Operations("postmodtag.openapi.yaml"), .. Operations("administration.openapi.yaml")];

    public static TheoryData<string> OperationIds => [.. Known];

    [Theory]
    [MemberData(nameof(OperationIds))]
    public void An_operation_has_the_same_name_on_every_floor(string operationId)
    {
        typeof(PostModtagServer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ControllerBase)) && !type.IsAbstract)
            .Count(type => type.GetMethod(operationId, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null)
            .ShouldBe(1, $"{operationId} has a method in one controller");
        typeof(Application.PostModtagOptions).Assembly.GetTypes()
            .ShouldContain(type => type.FullName == $"PostModtag.Application.{operationId}.{operationId}Handler");
        Assembly.GetExecutingAssembly().GetTypes()
            .SelectMany(type => type.GetCustomAttributes<OperationAttribute>()).Select(attribute => attribute.OperationId)
            .ShouldContain(operationId);
    }

    [Fact]
    public void Tests_name_only_operations_that_there_are()
    {
        Known.Count.ShouldBe(37);
        Assembly.GetExecutingAssembly().GetTypes()
            .SelectMany(type => type.GetCustomAttributes<OperationAttribute>()).Select(attribute => attribute.OperationId).Distinct()
            .ShouldAllBe(operation => Known.Contains(operation));
    }

    private static List<string> Operations(string file)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Repository.PathOf("api-spec", file));
        yaml.Load(reader);
        return
        [
            .. ((YamlMappingNode)yaml.Documents[0].RootNode["paths"]).Children.Values
                .SelectMany(path => ((YamlMappingNode)path).Children.Values).OfType<YamlMappingNode>()
                .Where(operation => operation.Children.ContainsKey("operationId"))
                .Select(operation => operation["operationId"].ToString()),
        ];
    }
}
