using System.Collections.Immutable;

namespace Codex.ConfigTool.Providers;

/// <summary>How to give a key to Codex in each shell so that it does not land in the shell's history.</summary>
internal static class KeyHints
{
    public static ImmutableArray<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh", "cmd"];

    /// <summary>For this shell alone.</summary>
    public static string ForShell(string shell, string variable) => shell switch
    {
        "fish" => $"read -sgx {variable}",
        "pwsh" => $"$env:{variable} = Read-Host -MaskInput 'key'",
        "cmd" => $"set /p {variable}=key: ",
        _ => $"read -rs {variable}; export {variable}",
    };

    /// <summary>For all later sessions, through the file that Codex reads. Single quotes: unquoted $ and # would be interpreted.</summary>
    public static string Persistent(string shell, string variable, string home) => shell switch
    {
        "fish" => $"read -s k; and begin; umask 077; printf \"{variable}='%s'\\n\" $k >> '{home}/{KeyFile.Name}'; end; set -e k",
        "pwsh" => $"Add-Content -Path '{home}/{KeyFile.Name}' -Value (\"{variable}='\" + (Read-Host -MaskInput 'key') + \"'\")",
        "cmd" => $"notepad \"{home}\\{KeyFile.Name}\"    and add the line {variable}='your key'",
        _ => $"( umask 077; read -rs k; printf \"{variable}='%s'\\n\" \"$k\" >> '{home}/{KeyFile.Name}' )",
    };

    /// <summary>The user's shell by the variable SHELL.</summary>
    public static string Guess(ToolEnvironment environment)
    {
        var name = Path.GetFileName(environment.Variable("SHELL") ?? "");
        return Shells.Contains(name) ? name : OperatingSystem.IsWindows() ? "pwsh" : "bash";
    }
}
