using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Gateway.Demo;

/// <summary>Every sentence the demo model says.</summary>
internal static class DemoTexts
{
    private const int QuotedCharacters = 200;

    private const int QuotedLines = 10;

    private const string Self = "I am the demo model built into codex-gateway: a small script, no real model behind it.";

    public static string Introduction(DemoConversation conversation, string? shell)
    {
        var text = new StringBuilder("Hello! ").Append(Self);
        if (conversation.Prompt.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $" You wrote: \"{Shorten(conversation.Prompt)}\".");
        if (conversation.Images > 0)
            text.Append(CultureInfo.InvariantCulture, $" {Count(conversation.Images, "image")} came with it; I cannot see images.");
        text.Append(" I cannot answer questions, but I can show that the whole road works.");
        text.Append(shell is null
            ? " When a client offers me a shell tool, I run commands and create files with it."
            : $" Try \"list the files\", \"run `date`\" or \"create hello.txt with a greeting\": I would use your tool {shell}.");
        return text.Append(" For real answers start a model server, or add a provider to the gateway.").ToString();
    }

    public static string BeforeCalls(ImmutableArray<ScriptedToolCall> calls) => calls.Length == 1
        ? $"I will use {calls[0].Name} for that."
        : $"I will make {calls.Length} calls of {string.Join(" and ", calls.Select(call => call.Name).Distinct(StringComparer.Ordinal))} for that.";

    public static string AfterTools(ImmutableArray<string> outputs)
    {
        var texts = outputs.Select((output, index) => AfterTool(DemoToolOutput.Read(output), outputs.Length == 1 ? "The tool" : $"Call {index + 1}"));
        return string.Join("\n\n", texts) + "\n\n(Scripted answer of the demo model.)";
    }

    public static string CannotRun(DemoIntent.Run run) =>
        $"{Self} I would run {string.Join(" and ", run.Commands.Select(command => $"`{command}`"))}, but this request gives me no shell tool to call.";

    public static string CannotCreate(DemoIntent.CreateFile file) =>
        $"{Self} I would create {file.Path}, but this request gives me no tool to call that writes files.";

    public static string CannotEdit(DemoIntent.EditFile edit) =>
        $"{Self} I would change {edit.Path}, but this request gives me no tool to call that edits files.";

    public static string Summary(DemoRequest request)
    {
        var users = request.Messages.Count(message => message.Role == "user");
        var calls = request.Messages.Sum(message => message.ToolCallIds.Length);
        var before = DemoConversation.Of([.. request.Messages.SkipLast(1)]).Prompt;
        var last = before.Length > 0 ? $" The last thing the user asked before it: \"{Shorten(before)}\"." : "";
        return $"Summary by the demo model (scripted): the conversation had {Count(users, "user message")} and {Count(calls, "tool call")}.{last} Nothing is pending.";
    }

    private static string AfterTool(DemoToolOutput output, string subject)
    {
        var verdict = output.Outcome switch
        {
            DemoToolOutcome.Succeeded => $"{subject} succeeded.",
            DemoToolOutcome.Failed => output.ExitCode is { } code ? $"{subject} failed with exit code {code}." : $"{subject} failed.",
            DemoToolOutcome.Running => $"{subject} is still running.",
            DemoToolOutcome.Unknown => $"{subject} answered.",
            _ => throw new NotSupportedException($"Unknown outcome {output.Outcome}."),
        };
        var lines = output.Text.Trim('\n').Split('\n');
        if (lines is [""])
            return verdict + " It printed nothing.";
        var more = lines.Length > QuotedLines ? $"\n… and {Count(lines.Length - QuotedLines, "more line")}" : "";
        return $"{verdict} Its output{(more.Length > 0 ? " begins" : "")}:\n\n```\n{string.Join('\n', lines.Take(QuotedLines))}{more}\n```";
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Shorten(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= QuotedCharacters)
            return line;
        var end = char.IsHighSurrogate(line[QuotedCharacters - 1]) ? QuotedCharacters - 1 : QuotedCharacters;
        return line[..end] + "…";
    }
}
