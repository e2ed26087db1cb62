namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>A file that another program writes: changes here do not last.</summary>
internal static class ManagedFileCheck
{
    private const string NixStore = "/nix/store/";
    private static readonly string[] StowMarks = [".stow", ".stow-local-ignore", ".stowrc"];

    public static IEnumerable<Finding> Find(Examination examination)
    {
        var file = examination.File;
        if (file.RealPath.StartsWith(NixStore, StringComparison.Ordinal))
        {
            yield return new("W11", $"{file.Path} comes from the Nix store and cannot be changed here", "set it in Home Manager (programs.codex.settings), or use a profile file");
        }
        else if (Chezmoi(examination) is { } source)
        {
            yield return new("W11", $"{file.Path} is written by chezmoi from {source}; what is changed here goes at the next chezmoi apply", $"chezmoi edit '{file.Path}', or chezmoi add '{file.Path}' after a change");
        }
        else if (file.IsLink && Stow(examination) is { } folder)
        {
            yield return new("W11", $"{file.Path} is a link of stow into {folder}; a change lands there", "commit it there as well");
        }
    }

    /// <summary>Its source for the directory of Codex; chezmoi spells a leading dot and attributes out in the names.</summary>
    private static string? Chezmoi(Examination examination)
    {
        var environment = examination.Environment;
        var home = Path.GetFileName(examination.Place.Home);
        if (Path.GetDirectoryName(examination.Place.Home) != environment.UserHome || !home.StartsWith('.'))
            return null;
        var data = environment.Variable("XDG_DATA_HOME") ?? Path.Combine(environment.UserHome, ".local", "share");
        var source = Path.Combine(data, "chezmoi");
        return Directory.Exists(source)
            ? Directory.EnumerateDirectories(source, $"*dot_{home[1..]}").SelectMany(d => Directory.EnumerateFiles(d, $"*{examination.File.Name}*"))
                .FirstOrDefault(f => Path.GetFileName(f) is var n && (n.EndsWith(examination.File.Name, StringComparison.Ordinal) || n.EndsWith($"{examination.File.Name}.tmpl", StringComparison.Ordinal)))
            : null;
    }

    private static string? Stow(Examination examination)
    {
        for (var folder = new FileInfo(examination.File.RealPath).Directory; folder is not null && folder.FullName != examination.Environment.UserHome; folder = folder.Parent)
        {
            if (StowMarks.Any(m => Path.Exists(Path.Combine(folder.FullName, m))))
                return folder.FullName;
        }

        return null;
    }
}
