using Codex.ConfigTool.Providers;

namespace Codex.ConfigTool.CommandLine;

/// <summary>What is left for the user to do after a provider was added.</summary>
internal static class NextSteps
{
    public static IEnumerable<string> Of(Invocation invocation, ConfigPlace place, ProviderChoice.Made made)
    {
        if (made.GatewayEntry is { } entry)
        {
            yield return $"Gateway: put this provider into gateway.json, then start codex-gateway{(entry.KeyVariable is { } needed ? $" where {needed} is set" : "")}:";
            foreach (var line in entry.ToJson().Split('\n'))
                yield return $"  {line.TrimEnd('\r')}";
        }

        if (made.KeyVariable is { } variable)
        {
            var isThere = invocation.Environment.Variable(variable) is not null || KeyFile.Names(invocation.Environment, place.Home).Contains(variable);
            yield return isThere
                ? $"Key:  {variable} is set."
                : $"Key:  {variable} is not set in this shell; see: codex-config env {made.Desired.Id}";
        }

        yield return "Start a new Codex session; open ones keep the old provider.";
    }
}
