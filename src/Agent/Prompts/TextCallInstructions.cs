using System.Collections.Immutable;
using System.Text;
using Codex.Agent.Tools;

namespace Codex.Agent.Prompts;

/// <summary>Tells a model that cannot call tools how to write its calls, in the form most models were trained on.</summary>
internal static class TextCallInstructions
{
    public static string Write(ImmutableArray<ToolSpec> tools)
    {
        var text = new StringBuilder("# Tools\nTo call a tool write exactly this, alone, and then stop:\n<tool_call>\n{\"name\": \"NAME\", \"arguments\": {…}}\n</tool_call>\nYou get its result in the next message. The tools:\n");
        foreach (var tool in tools)
            text.Append("- ").Append(tool.Name).Append(": ").Append(tool.Description.ReplaceLineEndings(" ")).Append(" Arguments: ").Append(tool.Parameters.GetRawText()).Append('\n');
        return text.ToString().TrimEnd();
    }
}
