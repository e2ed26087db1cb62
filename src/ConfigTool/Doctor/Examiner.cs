using System.Collections.Immutable;
using Codex.ConfigTool.Chats;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Installation;
using Codex.ConfigTool.Layers;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Providers;
using Codex.Toml;

namespace Codex.ConfigTool.Doctor;

/// <summary>Collects all that checks look at.</summary>
internal sealed class Examiner(ToolEnvironment environment, ConfigPlace place, ExaminationScope scope)
{
    private const string ProfileEnding = ".config.toml";

    /// <summary>The file alone, for repairs.</summary>
    public Examination OfFiles(ConfigFile file, TomlDocument document) => new(environment, place, file, document, ProviderEndpoint.Find(document, scope.Provider), null)
    {
        Codex = scope.Codex,
    };

    /// <summary>The file and those around it, Codex and the server.</summary>
    public async Task<Examination> OfAllAsync(ConfigFile file, TomlDocument document, CancellationToken cancellation)
    {
        var examination = OfFiles(file, document) with { Layers = Layers(document), Chats = ChatCount.Of(environment, place.Home) };
        if (scope.Codex is { } codex && Directory.Exists(place.Home))
            examination = examination with { Verdict = await CodexTrial.RunAsync(codex, environment, place, cancellation) };
        if (scope.Network == NetworkDepth.None || examination.Provider.BaseUrl is not { } url || BaseUrl.Fault(url) is not null)
            return examination;
        var call = await new CallPreparer(environment, place.Home).PrepareAsync(examination.Provider, cancellation);
        examination = examination with { Call = call };
        if (call is not CallPreparation.Ready ready)
            return examination;
        examination = examination with { Listing = await ModelList.AskAsync(ready.Call, cancellation) };
        var isThere = examination.Listing is not ModelListing.Failed { Status: null or 401 or 403 };
        return scope.Network == NetworkDepth.Full && isThere && examination.Model is { } model
            ? examination with { Probe = await ResponsesProbe.AskAsync(ready.Call, model, cancellation) }
            : examination;
    }

    private ImmutableArray<ConfigLayer> Layers(TomlDocument document)
    {
        var profiles = environment.Files.FilesIn(place.Home)
            .Where(f => Path.GetFileName(f) is var name && name[0] != '.' && name.Length > ProfileEnding.Length && name.EndsWith(ProfileEnding, StringComparison.Ordinal) && f != place.File)
            .Select(f => ConfigLayers.Read(environment, LayerKind.Profile, f));
        return [.. new[] { ConfigLayers.System(environment), ConfigLayers.Managed(environment) }.Concat(profiles).OfType<ConfigLayer>(),
            .. ConfigLayers.OfProject(environment, document, place.File, environment.CurrentDirectory)];
    }
}
