namespace Codex.Agent.Edits;

/// <summary>What reading a patch gave.</summary>
public abstract record PatchParse
{
    private PatchParse()
    {
    }

    public sealed record Parsed(Patch Patch) : PatchParse;

    /// <summary>The text is no patch. The wordings for scripts and for the model are the original's and differ.</summary>
    /// <param name="Line">Counted from 1 in the trimmed text; null when the patch as a whole is wrong.</param>
    public sealed record Invalid(string Reason, int? Line) : PatchParse
    {
        public string ForScripts => Line is { } line ? $"Invalid patch hunk on line {line}: {Reason}" : $"Invalid patch: {Reason}";

        public string ForModel => Line is { } line ? $"invalid hunk at line {line}, {Reason}" : $"invalid patch: {Reason}";
    }
}
