namespace Codex.Agent.Edits;

/// <summary>The list of files a patch touched, in the original's form: added, then modified, then deleted.</summary>
public sealed class PatchSummary
{
    private readonly List<string> _added = [];
    private readonly List<string> _modified = [];
    private readonly List<string> _deleted = [];

    /// <param name="path">As the patch writes it.</param>
    public void Added(string path) => _added.Add(path);

    public void Modified(string path) => _modified.Add(path);

    public void Deleted(string path) => _deleted.Add(path);

    public override string ToString() => string.Concat(
        [
            "Success. Updated the following files:\n",
            .. _added.Select(p => $"A {p}\n"),
            .. _modified.Select(p => $"M {p}\n"),
            .. _deleted.Select(p => $"D {p}\n"),
        ]);
}
