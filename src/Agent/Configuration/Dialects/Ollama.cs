namespace Codex.Agent.Configuration.Dialects;

internal static class Ollama
{
    public static readonly LocalServer Value = new("ollama", 11434, "gpt-oss:20b");
}
