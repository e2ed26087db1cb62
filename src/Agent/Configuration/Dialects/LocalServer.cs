using System.Collections.Immutable;

namespace Codex.Agent.Configuration.Dialects;

/// <summary>A server of models on this machine that Codex knows by itself.</summary>
/// <param name="Port">Where it listens unless told otherwise.</param>
/// <param name="Model">Asked for with <c>--oss</c> when no model is named, as in Codex.</param>
internal sealed record LocalServer(string Id, int Port, string Model)
{
    public static readonly ImmutableArray<LocalServer> All = [Ollama.Value, LmStudio.Value];

    public static LocalServer? Find(string id) => All.FirstOrDefault(s => s.Id == id);
}
