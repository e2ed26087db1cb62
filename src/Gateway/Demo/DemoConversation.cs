using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Codex.Gateway.Demo;

/// <summary>Where a conversation stands: waiting for an answer to a prompt, or to the outputs of tools.</summary>
/// <param name="Prompt">The last thing the user wrote, without the context blocks a client puts around it; may be empty.</param>
/// <param name="Images">Images that came with it.</param>
/// <param name="Outputs">Tool outputs nobody has answered yet, in order; empty when the prompt is what waits.</param>
public sealed partial record DemoConversation(string Prompt, int Images, ImmutableArray<string> Outputs)
{
    public static DemoConversation Of(ImmutableArray<DemoMessage> messages)
    {
        var outputs = new Stack<string>();
        var images = 0;
        var answered = false;
        for (var i = messages.Length - 1; i >= 0; i--)
        {
            var message = messages[i];
            switch (message.Role)
            {
                case "tool" when !answered:
                    outputs.Push(string.Join('\n', message.Parts));
                    break;
                case "assistant":
                    answered = true;
                    break;
                case "user":
                    var prompt = WithoutContext(message);
                    if (!answered && outputs.Count == 0)
                        images += message.Images;
                    if (prompt.Length > 0)
                        return new DemoConversation(prompt, images, [.. outputs]);
                    break;
            }
        }

        return new DemoConversation("", images, [.. outputs]);
    }

    /// <summary>
    /// Codex sends its context (environment, AGENTS.md, skills) as user messages or parts of them,
    /// each one block in a tag of its own. 0.128 adds a remark behind the output of a patch that came by the shell.
    /// </summary>
    private static string WithoutContext(DemoMessage message)
    {
        var texts = message.Parts.Select(WithoutContext);
        return string.Join('\n', texts.Where(text => text.Length > 0));
    }

    private static string WithoutContext(string part)
    {
        try
        {
            return ContextBlocks().Replace(part, "").Trim();
        }
        catch (RegexMatchTimeoutException)
        {
            return part.Trim();
        }
    }

    [GeneratedRegex(
        @"\A\s*(?:(?:\#\ AGENTS\.md\ instructions[^\n]*\s*)?<(?<tag>[A-Za-z_][\w-]*)(?:\s[^>]*)?>.*?</\k<tag>>\s*)+|\A\s*</?image(?:\s[^>]*)?>\s*\z|\AWarning:\ apply_patch\ was\ requested\ via\ [^\n]*\z",
        RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContextBlocks();
}
