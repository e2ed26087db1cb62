namespace Codex.Agent.Configuration.Dialects;

internal static class LmStudio
{
    public static readonly LocalServer Value = new("lmstudio", 1234, "openai/gpt-oss-20b");
}
