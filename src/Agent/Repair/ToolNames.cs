using System.Collections.Frozen;

namespace Codex.Agent.Repair;

/// <summary>Finds the tool a model meant: small ones remember the names of other agents' tools.</summary>
public static class ToolNames
{
    private static readonly string[] Prefixes = ["functions.", "functions:", "functions/", "tools.", "tool.", "default_api."];

    /// <summary>Names other agents use, in lower case without separators, and what stands for them here; the first that is offered counts.</summary>
    private static readonly FrozenDictionary<string, string[]> Others = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["bash"] = ["shell", "exec_command"],
        ["sh"] = ["shell", "exec_command"],
        ["terminal"] = ["shell", "exec_command"],
        ["shell"] = ["shell", "exec_command"],
        ["shellcommand"] = ["shell", "exec_command"],
        ["localshell"] = ["shell", "exec_command"],
        ["runcommand"] = ["shell", "exec_command"],
        ["runshellcommand"] = ["shell", "exec_command"],
        ["executecommand"] = ["shell", "exec_command"],
        ["execcommand"] = ["exec_command", "shell"],
        ["exec"] = ["shell", "exec_command"],
        ["execute"] = ["shell", "exec_command"],
        ["executebash"] = ["shell", "exec_command"],
        ["containerexec"] = ["shell", "exec_command"],
        ["runterminalcmd"] = ["shell", "exec_command"],
        ["runinterminal"] = ["shell", "exec_command"],
        ["read"] = ["read_file"],
        ["readfile"] = ["read_file"],
        ["openfile"] = ["read_file"],
        ["viewfile"] = ["read_file"],
        ["cat"] = ["read_file"],
        ["edit"] = ["edit_file"],
        ["editfile"] = ["edit_file"],
        ["strreplace"] = ["edit_file"],
        ["strreplaceeditor"] = ["edit_file"],
        ["searchreplace"] = ["edit_file"],
        ["replace"] = ["edit_file"],
        ["write"] = ["write_file"],
        ["writefile"] = ["write_file"],
        ["createfile"] = ["write_file"],
        ["writetofile"] = ["write_file"],
        ["savefile"] = ["write_file"],
        ["ls"] = ["list_dir"],
        ["list"] = ["list_dir"],
        ["listdir"] = ["list_dir"],
        ["listdirectory"] = ["list_dir"],
        ["listfiles"] = ["list_dir"],
        ["grep"] = ["grep_files"],
        ["search"] = ["grep_files"],
        ["grepfiles"] = ["grep_files"],
        ["searchfiles"] = ["grep_files"],
        ["searchfilecontent"] = ["grep_files"],
        ["patch"] = ["apply_patch"],
        ["applypatch"] = ["apply_patch"],
        ["applydiff"] = ["apply_patch"],
        ["todowrite"] = ["update_plan"],
        ["plan"] = ["update_plan"],
        ["updateplan"] = ["update_plan"],
        ["viewimage"] = ["view_image"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The offered name, or null when none is meant clearly.</summary>
    /// <param name="ns">The namespace of the call, where the model gave one.</param>
    public static string? Find(string name, string? ns, IReadOnlyCollection<string> offered)
    {
        if (ns is { Length: > 0 } && ns != "functions")
            return Exact($"{ns}__{name}", offered) ?? Exact(name, offered);
        var clean = Clean(name);
        return Exact(name, offered)
            ?? Exact(clean, offered)
            ?? Only(offered, o => Plain(o) == Plain(clean))
            ?? Others.GetValueOrDefault(Plain(clean))?.FirstOrDefault(offered.Contains)
            // An MCP tool called by its bare name.
            ?? Only(offered, o => o.EndsWith("__" + clean, StringComparison.OrdinalIgnoreCase));
    }

    private static string Clean(string name)
    {
        var marker = name.IndexOf("<|", StringComparison.Ordinal);
        var clean = (marker < 0 ? name : name[..marker]).Trim().Trim('"', '`', '\'');
        foreach (var prefix in Prefixes)
        {
            if (clean.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return clean[prefix.Length..];
        }

        return clean;
    }

    private static string? Exact(string name, IReadOnlyCollection<string> offered) => offered.Contains(name) ? name : null;

    private static string? Only(IReadOnlyCollection<string> offered, Func<string, bool> fits)
    {
        var fitting = offered.Where(fits).Take(2).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
