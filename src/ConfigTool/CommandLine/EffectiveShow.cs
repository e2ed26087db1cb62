using System.Collections.Immutable;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Layers;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Profiles;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Shows the values with which Codex would run in a folder, each with the file and line it comes from.</summary>
internal static class EffectiveShow
{
    /// <param name="invocation">Where and how.</param>
    /// <param name="id">Only the table of this provider; all values when null.</param>
    /// <param name="folder">Where Codex would be started.</param>
    /// <param name="profile">As with <c>codex -p</c>, or null.</param>
    public static int Run(Invocation invocation, string? id, string folder, string? profile)
    {
        var (config, refusal) = invocation.Read();
        if (config is null)
            return ChangeCommand.Refuse(invocation, ShowCommand.Name, refusal!);
        if (!Directory.Exists(folder))
            return ChangeCommand.Refuse(invocation, ShowCommand.Name, new(ExitCodes.Usage, $"--cwd names {folder}, which is no directory"));
        var layers = Layers(invocation, config, folder, profile);
        if (profile is not null && layers.All(l => l.Kind != LayerKind.Profile))
            return ChangeCommand.Refuse(invocation, ShowCommand.Name, new(ExitCodes.Usage, $"there is no profile '{profile}' in {invocation.Shown(config.Place.Home)}", "codex-config profiles list shows those there are"));
        if (layers.FirstOrDefault(l => l.IsRead && !l.Document.IsValid) is { } faulty)
            return ChangeCommand.Refuse(invocation, ShowCommand.Name, ChangePlanning.OfDiagnostic(faulty.File, faulty.Document, faulty.Document.Diagnostics[0]).Refusal);

        var all = EffectiveValues.Of(layers);
        var shown = id is null ? all : [.. all.Where(v => v.Path.StartsWith(ConfigKeys.Provider(id)))];
        if (id is not null && shown.IsEmpty)
            return ChangeCommand.Refuse(invocation, ShowCommand.Name, new(ExitCodes.Usage, $"no file has a provider '{id}'", "codex-config list shows those there are"));
        var notices = Notices(invocation, layers, all).ToImmutableArray();
        if (invocation.Style.Json)
            invocation.Terminal.Output.WriteLine(Json(layers, shown, notices));
        else if (!invocation.Style.Quiet)
            Print(invocation, layers, shown, notices);
        return ExitCodes.Done;
    }

    private static ImmutableArray<ConfigLayer> Layers(Invocation invocation, ReadConfig config, string folder, string? profile)
    {
        var environment = invocation.Environment;
        var file = profile is null ? null : ConfigLayers.Read(environment, LayerKind.Profile, ProfileFiles.PathOf(config.Place.Home, profile));
        return
        [
            .. new[] { ConfigLayers.System(environment), new(LayerKind.User, config.File, config.Document), file }.OfType<ConfigLayer>(),
            .. ConfigLayers.OfProject(environment, config.Document, config.Place.File, folder),
            .. new[] { ConfigLayers.Managed(environment) }.OfType<ConfigLayer>(),
        ];
    }

    private static IEnumerable<Notice> Notices(Invocation invocation, ImmutableArray<ConfigLayer> layers, ImmutableArray<EffectiveValue> values)
    {
        foreach (var layer in layers.Where(l => !l.IsRead))
            yield return new("not-trusted", $"{invocation.Shown(layer.File.Path)} is not read, since its folder is not trusted in config.toml");
        foreach (var layer in layers.Where(l => l is { Kind: LayerKind.Project, IsRead: true }))
        {
            var ignored = layer.Document.Root.Children.Keys.Where(EffectiveValues.IgnoredInProjects.Contains).ToList();
            if (ignored.Count > 0)
                yield return new("ignored-in-project", $"Codex passes over {string.Join(", ", ignored)} in {invocation.Shown(layer.File.Path)}, since it is a project's file");
        }

        var model = values.FirstOrDefault(v => v.Path.Equals(Toml.TomlPath.Of(ConfigKeys.Model)));
        var provider = values.FirstOrDefault(v => v.Path.Equals(Toml.TomlPath.Of(ConfigKeys.ModelProvider)));
        if (model is { Layer.Kind: LayerKind.Project } && provider is not null)
        {
            yield return new("model-of-project",
                $"the model is the project's and the provider yours; if that provider does not serve it, requests end with 404: {invocation.Shown(model.Layer.File.Path)}, line {model.Position.Line}");
        }
    }

    private static void Print(Invocation invocation, ImmutableArray<ConfigLayer> layers, ImmutableArray<EffectiveValue> values, ImmutableArray<Notice> notices)
    {
        var output = invocation.Terminal.Output;
        foreach (var line in PlainTable.Lines(["VALUE", "FROM"], values.Select(v => new[] { $"{v.Path} = {Text(v)}", $"{invocation.Shown(v.Layer.File.Path)}:{v.Position.Line}" })))
            output.WriteLine(line);
        output.WriteLine();
        output.WriteLine("Files, the last word last:");
        foreach (var layer in layers)
            output.WriteLine($"  {Name(layer)}: {Printable.Line(invocation.Shown(layer.File.Path))}{(layer.File.Bytes is null ? " (not there)" : layer.IsRead ? "" : " (not read)")}");
        foreach (var notice in notices)
            invocation.Terminal.Error.WriteLine($"note: {Printable.Line(notice.Message)}");
    }

    private static string Json(ImmutableArray<ConfigLayer> layers, ImmutableArray<EffectiveValue> values, ImmutableArray<Notice> notices) => ReportJson.Object(ShowCommand.Name, json =>
    {
        json.WriteStartArray("layers");
        foreach (var layer in layers)
        {
            json.WriteStartObject();
            json.WriteString("kind", Name(layer));
            json.WriteString("file", layer.File.Path);
            json.WriteBoolean("read", layer.IsRead);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteString("path", value.Path.ToString());
            json.WriteString("value", Text(value));
            json.WriteString("layer", Name(value.Layer));
            json.WriteString("file", value.Layer.File.Path);
            json.WriteNumber("line", value.Position.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        ReportJson.Warnings(json, notices);
    });

    private static string Text(EffectiveValue value) => Printable.Line(SecretMask.Value(value.Path.Last.Key!, value.Node.ToValue()));

    private static string Name(ConfigLayer layer) => layer.Kind.ToString().ToLowerInvariant();
}
