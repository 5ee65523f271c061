using System.Reflection;
using MediatR;
using PostModtag.Api;
using PostModtag.Application;
using PostModtag.Contract;
using PostModtag.Domain.Messages;
using PostModtag.Infrastructure;
using PostModtag.Web;

namespace PostModtag.Architecture.Tests;

/// <summary>Dependencies point inwards. Each rule is also held against an assembly that breaks it, so that it can fail.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Domain = typeof(Message).Assembly;
    private static readonly Assembly Application = typeof(PostModtagOptions).Assembly;
    private static readonly Assembly Infrastructure = typeof(InfrastructureRegistration).Assembly;
    private static readonly Assembly Contract = typeof(PostModtagClient).Assembly;
    private static readonly Assembly Web = typeof(UseCases).Assembly;
    private static readonly Assembly Api = typeof(PostModtagServer).Assembly;

    private static readonly string[] DomainMayUse = ["System", "netstandard"];
    private static readonly string[] ContractMayUse = ["System", "netstandard"];

    // No HTTP and no database: neither Microsoft.AspNetCore nor Microsoft.EntityFrameworkCore.
    private static readonly string[] ApplicationMayUse =
        ["System", "netstandard", "PostModtag.Domain", "MediatR", "FluentValidation", "Microsoft.Extensions"];

    private static readonly string[] WebMayUse = ["System", "netstandard", "PostModtag.Domain", "PostModtag.Application", "MediatR", "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.Net.Http"];

    private static readonly string[] InfrastructureMayUse =
        [.. ApplicationMayUse, "PostModtag.Application", "PostModtag.Contract", "Microsoft.EntityFrameworkCore", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "YamlDotNet",
        "Microsoft.AspNetCore.DataProtection", "Microsoft.AspNetCore.Cryptography", "Polly", "Npgsql", "Microsoft.Win32.Primitives"];

    [Fact]
    public void Domain_depends_on_nothing()
    {
        Beyond(Domain, DomainMayUse).ShouldBeEmpty();
        Beyond(Application, DomainMayUse).ShouldContain("PostModtag.Domain");
    }

    [Fact]
    public void The_contract_depends_on_nothing_so_that_any_program_can_use_its_client()
    {
        Beyond(Contract, ContractMayUse).ShouldBeEmpty();
        Beyond(Api, ContractMayUse).ShouldContain("PostModtag.Contract");
    }

    [Fact]
    public void Application_knows_the_domain_and_neither_HTTP_nor_database()
    {
        Beyond(Application, ApplicationMayUse).ShouldBeEmpty();
        Beyond(Infrastructure, ApplicationMayUse).ShouldContain("Microsoft.EntityFrameworkCore");
        Beyond(Api, ApplicationMayUse).ShouldContain(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void Infrastructure_does_not_know_the_host()
    {
        Beyond(Infrastructure, InfrastructureMayUse).ShouldBeEmpty();
        Beyond(Api, InfrastructureMayUse).ShouldContain("PostModtag.Infrastructure");
    }

    [Fact]
    public void The_console_knows_the_use_cases_and_neither_database_nor_contract()
    {
        Beyond(Web, WebMayUse).ShouldBeEmpty();
        Beyond(Api, WebMayUse).ShouldContain("PostModtag.Infrastructure");
    }

    [Fact]
    public void Only_one_class_of_the_console_sends_to_the_use_cases_and_it_asks_for_the_permission_first() =>
        Web.GetTypes().Where(type => type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)
                .Concat(type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(property => property.PropertyType)).Contains(typeof(IMediator)))
            .ShouldBe([typeof(UseCases)]);

    [Fact]
    public void Every_use_case_folder_of_Application_has_exactly_one_handler_and_is_named_as_it()
    {
        var handlers = Application.GetTypes().Where(type => type.Name.EndsWith("Handler", StringComparison.Ordinal) && type is { IsNested: false, IsInterface: false }).ToList();

        handlers.Count.ShouldBeGreaterThan(4);
        handlers.Select(handler => handler.FullName).ShouldBe(handlers.Select(handler =>
            $"PostModtag.Application.{handler.Name[..^"Handler".Length]}.{handler.Name}"));
    }

    private static IEnumerable<string> Beyond(Assembly assembly, string[] mayUse) => assembly.GetReferencedAssemblies()
        .Select(reference => reference.Name!)
        .Where(name => !mayUse.Any(allowed => name == allowed || name.StartsWith(allowed + ".", StringComparison.Ordinal)));
}
