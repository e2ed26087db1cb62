using Codex.ConfigTool.Installation;
using Codex.ConfigTool.Presets;

namespace Codex.ConfigTool.Providers;

/// <summary>How to let Codex fetch a key from the system's keychain each time it needs it.</summary>
internal static class KeychainHint
{
    private const string Secrets = "secret-tool";
    private const string Pass = "pass";

    /// <returns>Commands for a shell; null where no keychain can be asked by a program that comes with the system.</returns>
    public static string? For(ToolEnvironment environment, string id)
    {
        if (OperatingSystem.IsWindows())
            return null;
        var program = OperatingSystem.IsMacOS() ? $"security find-generic-password -w -s {id}"
            : ProgramSearch.Find(environment, Secrets) is null && ProgramSearch.Find(environment, Pass) is not null ? $"{Pass} show {id}"
            : $"{Secrets} lookup service {id}";
        var preset = PresetRegistry.All.FirstOrDefault(p => p.Id == id);
        var named = preset?.Name ?? $"custom --id {id} --base-url URL --model MODEL";
        // Codex refuses a variable and a command together, so the variable has to go first.
        return $"codex-config remove-provider {id} && codex-config add-provider {named} --auth-command {program}";
    }
}
