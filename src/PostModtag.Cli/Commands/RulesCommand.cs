using System.CommandLine;

namespace PostModtag.Cli.Commands;

/// <summary><c>postmodtag rules ...</c></summary>
internal sealed class RulesCommand : Command
{
    public RulesCommand()
        : base("rules", "Looks at rule files, and brings them to a server and from it.\n\n  postmodtag rules lint regler.yaml")
    {
        Add(new RulesLintCommand());
        Add(new RulesDiffCommand());
        Add(new RulesImportCommand());
        Add(new RulesExportCommand());
    }
}
