using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Presets;
using Codex.ConfigTool.Providers;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary><c>model_provider</c> names a provider that is nowhere.</summary>
internal static class DanglingProviderCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        var node = examination.Root(ConfigKeys.ModelProvider);
        if (ProviderEndpoint.TextAt(node) is not { } id || IsKnown(examination, id))
            yield break;
        var near = NearestWord.Of(id, examination.Providers.Select(p => p.Id), 2);
        yield return new("E04", $"{ConfigKeys.ModelProvider} = \"{Printable.Line(id)}\", but there is no table [{ConfigKeys.Providers}.{Printable.Line(id)}]; Codex does not start",
            near is not null ? $"probably '{near}' is meant: codex-config use {near}"
            : PresetRegistry.Find(id) is not null ? $"codex-config add-provider {id}" : "codex-config use openai, or add the provider", examination.PositionOf(node));
    }

    /// <summary>The file has the provider, or Codex has it built in.</summary>
    internal static bool IsKnown(Examination examination, string id) => ReservedIds.NeedsNoTable(id) || examination.Providers.Any(p => p.Id == id);
}
