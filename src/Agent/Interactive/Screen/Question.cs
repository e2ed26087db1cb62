using System.Collections.Immutable;
using Codex.Agent.Approvals;
using Codex.Agent.Approvals.Shell;

namespace Codex.Agent.Interactive.Screen;

/// <summary>Something the user has to answer with one key before anything else goes on.</summary>
/// <param name="Lines">What is asked.</param>
/// <param name="Choices">The key and what it means.</param>
/// <param name="Choose">Hears the key of the choice.</param>
/// <param name="Escape">The key that Escape and Ctrl-C stand for.</param>
internal sealed record Question(ImmutableArray<string> Lines, ImmutableArray<(char Key, string Meaning)> Choices, Action<char> Choose, char Escape)
{
    /// <summary>Stands for Escape, which no line shows as a letter.</summary>
    private const char Abort = '\e';

    private const int MostDiffLines = 12;

    public string Keys => string.Join("   ", Choices.Select(c => $"{(c.Key == Abort ? "Esc" : c.Key)} {c.Meaning}"));

    public bool Answer(char key)
    {
        key = char.ToLowerInvariant(key);
        if (!Choices.Any(c => c.Key == key))
            return false;
        Choose(key);
        return true;
    }

    /// <summary>Asks about a command, an edit or a tool call.</summary>
    public static Question Of(ApprovalRequest request, Action<ApprovalAnswer> answer)
    {
        var always = request is ApprovalRequest.Command { Prefix: { IsDefaultOrEmpty: false } prefix } ? ShellWords.Join(prefix) : null;
        var choices = ImmutableArray.CreateBuilder<(char, string)>();
        choices.Add(('y', "once"));
        choices.Add(('a', "this session"));
        if (always is not null)
            choices.Add(('p', $"always: {PlainText.Of(always)} …"));
        choices.Add(('n', "decline"));
        choices.Add((Abort, "abort"));
        return new Question([.. About(request)], choices.ToImmutable(), key => answer(key switch
        {
            'y' => ApprovalAnswer.Once,
            'a' => ApprovalAnswer.ForSession,
            'p' => ApprovalAnswer.Always,
            'n' => ApprovalAnswer.Declined,
            _ => ApprovalAnswer.Abort,
        }), Abort);
    }

    private static IEnumerable<string> About(ApprovalRequest request)
    {
        switch (request)
        {
            case ApprovalRequest.Command command:
                yield return "Run this command?";
                foreach (var line in PlainText.Of(Script(command.Words)).Split('\n'))
                    yield return $"  $ {line}";
                yield return $"  in {PlainText.Of(command.Directory)}";
                break;
            case ApprovalRequest.Edit edit:
                yield return "Make this change?";
                foreach (var path in edit.Paths)
                    yield return $"  {PlainText.Of(path)}";
                foreach (var line in PlainText.Of(edit.Diff).TrimEnd('\n').Split('\n').Take(MostDiffLines))
                    yield return $"  {line}";
                break;
            case ApprovalRequest.McpTool tool:
                yield return $"Call {PlainText.Of(tool.Server)}.{PlainText.Of(tool.Tool)}?";
                yield return $"  {PlainText.Of(tool.Arguments).ReplaceLineEndings(" ")}";
                break;
        }

        if (request.Reason is { Length: > 0 } reason)
            yield return $"  reason: {PlainText.Of(reason).ReplaceLineEndings(" ")}";
    }

    /// <summary>What the shell is given, where a shell is what runs.</summary>
    private static string Script(ImmutableArray<string> words) =>
        words is [var shell, "-c" or "-lc", var script] && ShellPrograms.IsShell(ShellPrograms.Name(shell)) ? script : ShellWords.Join(words);
}
