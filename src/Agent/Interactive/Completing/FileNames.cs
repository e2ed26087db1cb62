using Codex.Agent.Tools.Files;

namespace Codex.Agent.Interactive.Completing;

/// <summary>The files of a project that git does not ignore, listed aside while the user types.</summary>
/// <param name="listed">Hears when the list is there.</param>
internal sealed class FileNames(Action listed)
{
    /// <summary>Enough for any project, and what can be looked through with every key.</summary>
    private const int Most = 50_000;

    private const int MostDepth = 32;

    private volatile string[]? _all;
    private Task? _listing;

    /// <summary>Null until they are known.</summary>
    public IReadOnlyList<string>? All => _all;

    public void Want(string root) => _listing ??= ListAsync(root);

    /// <summary>The next message may name files that are not there yet.</summary>
    public void Forget()
    {
        if (_all is not null)
            (_listing, _all) = (null, null);
    }

    private async Task ListAsync(string root)
    {
        // Not at the expense of the keys.
        await Task.Yield();
        _all = [.. FileTree.Walk(root, MostDepth, skipsIgnored: true)
            .Where(e => e.Kind is TreeEntryKind.File or TreeEntryKind.Link)
            .Take(Most)
            .Select(e => Path.GetRelativePath(root, e.Path))];
        listed();
    }
}
