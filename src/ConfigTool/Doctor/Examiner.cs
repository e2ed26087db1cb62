using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Installation;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Providers;
using Codex.Toml;

namespace Codex.ConfigTool.Doctor;

/// <summary>Collects all that checks look at.</summary>
internal sealed class Examiner(ToolEnvironment environment, ConfigPlace place, ExaminationScope scope)
{
    /// <summary>The files alone.</summary>
    public Examination OfFiles(ConfigFile file, TomlDocument document) => new(environment, place, file, document, ProviderEndpoint.Find(document, scope.Provider), null)
    {
        Codex = scope.Codex,
    };

    /// <summary>The files, Codex and the server.</summary>
    public async Task<Examination> OfAllAsync(ConfigFile file, TomlDocument document, CancellationToken cancellation)
    {
        var examination = OfFiles(file, document);
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
}
