using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PostModtag.SchemaGenerator.Tests;

public sealed class IncrementalGenerationTests
{
    private readonly IReadOnlyList<SchemaText> _schemas = Schemas.Of("1.2");

    [Fact]
    public void A_second_run_over_the_same_schemas_makes_nothing_anew()
    {
        var first = GeneratorRun.Driver(_schemas).RunGenerators(GeneratorRun.EmptyCompilation);

        Reasons(first).ShouldAllBe(reason => reason == IncrementalStepRunReason.New);
        Reasons(first.RunGenerators(GeneratorRun.EmptyCompilation)).ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void Schemas_that_were_read_again_with_the_same_text_make_nothing_anew()
    {
        var driver = GeneratorRun.Driver(_schemas).RunGenerators(GeneratorRun.EmptyCompilation);
        foreach (var schema in _schemas)
            driver = driver.ReplaceAdditionalText(schema, new SchemaText(schema.Path, schema.Text));

        Reasons(driver.RunGenerators(GeneratorRun.EmptyCompilation)).ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_change_in_the_program_makes_nothing_anew()
    {
        var driver = GeneratorRun.Driver(_schemas).RunGenerators(GeneratorRun.EmptyCompilation);
        var changed = GeneratorRun.EmptyCompilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal sealed class Other;"));

        Reasons(driver.RunGenerators(changed)).ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_change_in_a_schema_makes_the_code_anew()
    {
        var driver = GeneratorRun.Driver(_schemas).RunGenerators(GeneratorRun.EmptyCompilation);
        var memo = _schemas.Single(schema => schema.Path.EndsWith("/memo.xsd", StringComparison.Ordinal));
        var changed = new SchemaText(memo.Path, memo.Text.Replace("name=\"postType\"", "name=\"postKind\"", StringComparison.Ordinal));

        var second = driver.ReplaceAdditionalText(memo, changed).RunGenerators(GeneratorRun.EmptyCompilation);

        Reasons(second).ShouldContain(IncrementalStepRunReason.Modified);
        Code(driver).ShouldContain("PostType");
        Code(second).ShouldContain("PostKind");
        Code(second).ShouldNotContain("PostType", Case.Sensitive);
    }

    [Fact]
    public void The_order_in_which_the_files_come_makes_no_difference() =>
        Code(GeneratorRun.Driver([.. _schemas.Reverse()]).RunGenerators(GeneratorRun.EmptyCompilation))
            .ShouldBe(Code(GeneratorRun.Driver(_schemas).RunGenerators(GeneratorRun.EmptyCompilation)));

    private static List<IncrementalStepRunReason> Reasons(GeneratorDriver driver)
    {
        List<IncrementalStepRunReason> reasons =
        [
            .. driver.GetRunResult().Results.Single().TrackedOutputSteps
                .SelectMany(steps => steps.Value).SelectMany(step => step.Outputs).Select(output => output.Reason),
        ];
        reasons.ShouldNotBeEmpty();
        return reasons;
    }

    private static string Code(GeneratorDriver driver) =>
        string.Concat(driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString()));
}
