using System.CommandLine;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag contract ...</c></summary>
internal sealed class ContractCommand : Command
{
    public ContractCommand()
        : base("contract", "Versions of the contract: OpenAPI files and schemas.\n\n  postmodtag contract diff api-spec ny-api-spec") => Add(new ContractDiffCommand());
}
