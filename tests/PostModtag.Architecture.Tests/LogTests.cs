using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Extensions.Logging;
using PostModtag.Api;
using PostModtag.Application;
using PostModtag.Infrastructure;
using PostModtag.Testing;

namespace PostModtag.Architecture.Tests;

/// <summary>
/// What is logged goes through methods with [LoggerMessage], which take ids, enums, numbers and moments. Those that take a text stand in
/// <c>log-texts.txt</c>: a new one shows there in review, where somebody asks what the text may be.
/// </summary>
public sealed class LogTests
{
    private static readonly Assembly[] Ours = [typeof(PostModtagOptions).Assembly, typeof(InfrastructureRegistration).Assembly, typeof(PostModtagServer).Assembly];

    private static readonly Type[] Plain =
        [typeof(Guid), typeof(int), typeof(long), typeof(double), typeof(bool), typeof(TimeSpan), typeof(DateTimeOffset), typeof(LogLevel), typeof(int?), typeof(long?)];

    [Fact]
    public void Nothing_is_logged_past_the_methods_that_are_made_for_it()
    {
        Ours.SelectMany(assembly => LoggerCalls(assembly.Location)).ShouldBeEmpty();
        LoggerCalls(typeof(LogTests).Assembly.Location).ShouldContain("LogInformation");
    }

    [Fact]
    public void They_take_ids_enums_numbers_and_moments_and_of_texts_those_that_the_list_says()
    {
        var methods = Ours.SelectMany(assembly => assembly.GetTypes()).SelectMany(LogMethods).ToList();
        methods.Count.ShouldBeGreaterThan(30);

        var texts = methods.SelectMany(Texts).Order(StringComparer.Ordinal).ToList();
        string.Join('\n', texts).ShouldBe(string.Join('\n', File.ReadAllLines(Repository.PathOf("tests", "PostModtag.Architecture.Tests", "log-texts.txt"))));
        LogMethods(typeof(Violator)).SelectMany(Texts).ShouldBe(["9999 Violator.Tell: name String", "9999 Violator.Tell: query Uri"]);
    }

    [Fact]
    public void Each_has_a_number_of_its_own_which_operating_describes()
    {
        var ids = Ours.SelectMany(assembly => assembly.GetTypes()).SelectMany(LogMethods).Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()!.EventId).ToList();
        ids.ShouldBeUnique();
        var described = File.ReadAllText(Repository.PathOf("docs", "operating.md"));
        ids.Where(id => !described.Contains($"| {id}", StringComparison.Ordinal) && !described.Contains($", {id}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>What a careless change would look like.</summary>
    internal static void Careless(ILogger log, string senderId) =>
#pragma warning disable CA1848, CA2254, CA1873
        log.LogInformation("A message came from " + senderId);
#pragma warning restore CA1848, CA2254, CA1873

    private static IEnumerable<MethodInfo> LogMethods(Type type) =>
        type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null);

    private static IEnumerable<string> Texts(MethodInfo method) => method.GetParameters()
        .Where(parameter => !parameter.ParameterType.IsAssignableTo(typeof(ILogger)) && !Plain.Contains(parameter.ParameterType) && !(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType).IsEnum)
        .Select(parameter => $"{method.GetCustomAttribute<LoggerMessageAttribute>()!.EventId} {method.DeclaringType!.Name}.{method.Name}: {parameter.Name} {parameter.ParameterType.Name}");

    /// <summary>The methods of LoggerExtensions that an assembly calls.</summary>
    private static List<string> LoggerCalls(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == nameof(LoggerExtensions))
            .Select(member => metadata.GetString(member.Name)).Where(name => name.StartsWith("Log", StringComparison.Ordinal))];
    }
}

/// <summary>Logs what nobody may log.</summary>
internal static partial class Violator
{
    [LoggerMessage(9999, LogLevel.Information, "{Name} {Query}")]
    public static partial void Tell(ILogger log, string name, Uri query);
}
