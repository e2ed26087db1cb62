namespace Codex.ConfigTool.Providers;

/// <summary>Finds a key where Codex finds it.</summary>
internal static class KeySource
{
    /// <summary>The key, from Codex's <c>.env</c> first as Codex does it, else from the environment; null when neither has it. Never to be printed.</summary>
    public static string? Find(ToolEnvironment environment, string home, string variable) =>
        KeyFile.Value(environment, home, variable) is { Length: > 0 } value ? value : environment.Variable(variable);
}
