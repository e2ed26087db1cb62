using System.CommandLine;

namespace Codex.ConfigTool.CommandLine;

/// <summary><c>--model NAME</c>, the same wherever it is taken.</summary>
internal static class ModelFlag
{
    public static Option<string?> Create(string description) => new Option<string?>("--model", "-m") { Description = description, HelpName = "model" }.NotEmpty();
}
