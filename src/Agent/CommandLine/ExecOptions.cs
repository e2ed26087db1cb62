using System.CommandLine;

namespace Codex.Agent.CommandLine;

/// <summary>What only <c>exec</c> has; the same options stand on its subcommands.</summary>
/// <param name="outer">The flags that may stand before <c>exec</c>.</param>
internal sealed class ExecOptions(ThreadOptions outer)
{
    public ThreadOptions Outer { get; } = outer;

    public ThreadOptions Thread { get; } = new();

    public Option<bool> Json { get; } = new("--json", "--experimental-json") { Description = "Write events as JSON to standard output, one a line." };

    public Option<string?> LastMessage { get; } = new("--output-last-message", "-o") { Description = "Write the last message to this file.", HelpName = "file" };

    public Option<string?> OutputSchema { get; } = new("--output-schema") { Description = "JSON schema that the last message must fit.", HelpName = "file" };

    public Option<bool> Ephemeral { get; } = new("--ephemeral") { Description = "Keep no record of the thread." };

    public Option<bool> SkipGitRepoCheck { get; } = new("--skip-git-repo-check", "--trust") { Description = "Work also outside a git repository." };

    public Option<string?> Color { get; } = new("--color") { Description = "always, never or auto: colours on a terminal where NO_COLOR is not set. Default: auto.", HelpName = "when" };

    public Option<bool> Last { get; } = new("--last") { Description = "The newest thread of this directory." };

    public Option<bool> All { get; } = new("--all") { Description = "With --last: of all directories." };

    public void AddTo(Command command)
    {
        Color.OneOf("always", "never", "auto");
        Thread.AddTo(command);
        foreach (var option in (Option[])[Json, LastMessage, OutputSchema, Ephemeral, SkipGitRepoCheck, Color])
            command.Options.Add(option);
    }
}
