using System.Collections.Immutable;
using Codex.ConfigTool.Layers;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Semantics;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Other files that say something else than this one. Codex takes a project's <c>model</c> but not its provider, and so asks the wrong server for it.</summary>
internal static class LayerCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        foreach (var layer in examination.Layers)
        {
            foreach (var finding in !layer.Document.IsValid ? [Broken(layer)] : layer.Kind switch
            {
                LayerKind.System => Below(examination, layer),
                LayerKind.Project => Project(examination, layer),
                LayerKind.Managed => Above(examination, layer),
                LayerKind.Profile => Profile(examination, layer),
                LayerKind.User => [],
                _ => throw new InvalidOperationException(),
            })
            {
                yield return finding;
            }
        }
    }

    /// <summary>Holds only where this file says nothing.</summary>
    private static IEnumerable<Finding> Below(Examination examination, ConfigLayer layer) =>
        from key in ConfigKeys.RootOrder
        let node = layer.Document.Find(TomlPath.Of(key))
        where node is not null && examination.Root(key) is null
        select new Finding("W03", $"{At(layer, node)} sets {Written(key, node)}, which holds because {examination.File.Name} says nothing about it", $"set {key} here if that is not meant");

    private static IEnumerable<Finding> Project(Examination examination, ConfigLayer layer)
    {
        if (!layer.IsRead)
        {
            if (layer.Document.Root.Children.Count > 0)
                yield return new("I05", $"{layer.File.Path} is passed over, because the folder is not trusted");
            yield break;
        }

        foreach (var finding in Above(examination, layer, EffectiveValues.IgnoredInProjects))
            yield return finding;
        foreach (var key in EffectiveValues.IgnoredInProjects)
        {
            if (layer.Document.Find(TomlPath.Of(key)) is { } node)
                yield return new("W24", $"{At(layer, node)} sets {key}, which Codex passes over in a project's file", $"set it in {examination.File.Name}, or in a profile");
        }
    }

    private static IEnumerable<Finding> Above(Examination examination, ConfigLayer layer, ImmutableArray<string> without = default)
    {
        foreach (var key in ConfigKeys.RootOrder.Where(k => without.IsDefault || !without.Contains(k)))
        {
            if (layer.Document.Find(TomlPath.Of(key)) is not { } node || examination.Root(key)?.ToValue().Equals(node.ToValue()) == true)
                continue;
            var instead = examination.Root(key) is { } own ? $" and not {Written(key, own)}" : "";
            var isPair = layer.Kind == LayerKind.Project && key == ConfigKeys.Model;
            yield return new("W03", $"{At(layer, node)}: here {Written(key, node)} holds{instead}{(isPair ? $", still at the provider '{Printable.Line(ProviderEndpoint.Find(examination.Document, null).Id)}', which answers 404 Not Found if it has no such model" : "")}",
                isPair ? "take the line out of the project, or start with codex -m MODEL" : null, examination.PositionOf(examination.Root(key)));
        }
    }

    private static IEnumerable<Finding> Profile(Examination examination, ConfigLayer layer)
    {
        var node = layer.Document.Find(TomlPath.Of(ConfigKeys.ModelProvider));
        if (ProviderEndpoint.TextAt(node) is { } id && !DanglingProviderCheck.IsKnown(examination, id) && layer.Document.Find(ConfigKeys.Provider(id)) is null)
            yield return new("E04", $"{At(layer, node!)}: {ConfigKeys.ModelProvider} = \"{Printable.Line(id)}\", but there is no such provider; codex -p {ProfileName(layer)} does not start", "codex-config profiles list shows profiles with their providers");
        var profile = layer.Document.Find(TomlPath.Of(ConfigKeys.Profile)) ?? layer.Document.Find(TomlPath.Of(ConfigKeys.Profiles));
        if (profile is not null)
            yield return new("W04", $"{At(layer, profile)} holds profiles of the old kind", "a profile file has the keys at its root");
    }

    private static Finding Broken(ConfigLayer layer)
    {
        var diagnostic = layer.Document.Diagnostics[0];
        return new("E01", $"{layer.File.Path}:{diagnostic.Position}: {SecretMask.Line(diagnostic.Message)}; Codex does not start where it reads this file", diagnostic.Hint);
    }

    private static string ProfileName(ConfigLayer layer) => layer.File.Name[..layer.File.Name.IndexOf('.', StringComparison.Ordinal)];

    private static string At(ConfigLayer layer, TomlNode node) => $"{layer.File.Path}:{MergePlanner.PositionOf(layer.Document, node).Line}";

    private static string Written(string key, TomlNode node) => $"{key} = {Printable.Line(SecretMask.Value(key, node.ToValue()))}";
}
