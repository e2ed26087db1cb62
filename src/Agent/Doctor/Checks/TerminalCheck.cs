namespace Codex.Agent.Doctor.Checks;

/// <summary>What a conversation has to work with.</summary>
internal static class TerminalCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        var around = examination.Around;
        var facts = examination.Terminal;
        if (!facts.IsInteractive)
        {
            yield return new("I17", "this is no terminal: only exec works here");
            yield break;
        }

        var size = facts.Size is var (columns, rows) ? $", {columns} by {rows}" : "";
        var inside = (around.Variable("TMUX") is not null ? ", in tmux" : "") + (around.Variable("SSH_CONNECTION") is not null ? ", over ssh" : "");
        yield return new("I17", $"the terminal is {around.Variable("TERM") ?? "unnamed"}{size}{inside}{(around.Variable("NO_COLOR") is not null ? "; NO_COLOR is set" : "")}");
        if (around.Variable("TERM") is null or "dumb")
            yield return new("W11", "TERM says that the terminal can only print, so input is taken line by line", "set TERM to what the terminal is, such as xterm-256color");
    }
}
