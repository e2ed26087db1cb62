using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Asks the server for its models, with what Codex would send, before anything is written.</summary>
internal static class EndpointCheck
{
    /// <returns>What the user should know, or why nothing is to be written.</returns>
    public static async Task<(Notice? Notice, Refusal? Refusal)> RunAsync(Invocation invocation, ConfigPlace place, DesiredProvider desired, CancellationToken cancellation)
    {
        var endpoint = ProviderEndpoint.Find(Alone(desired), desired.Id);
        var prepared = await new CallPreparer(invocation.Environment, place.Home).PrepareAsync(endpoint, cancellation);
        if (prepared is CallPreparation.Impossible impossible)
            return (null, new(ExitCodes.EndpointRefused, $"--check-endpoint: {Printable.Line(impossible.Reason)}; nothing was written", impossible.Hint));
        var model = (desired.Root.FirstOrDefault(r => r.Key == ConfigKeys.Model).Value as TomlValue.String)?.Value;
        return await ModelList.AskAsync(((CallPreparation.Ready)prepared).Call, cancellation) switch
        {
            ModelListing.Models { Names: var names } when model is null || names.Contains(model, StringComparer.Ordinal) =>
                (new("endpoint", $"{endpoint.BaseUrl} answers{(model is null ? "" : $" and has {model}")}"), null),
            ModelListing.Models { Names: var names } => (new("endpoint", Printable.Line(
                $"{endpoint.BaseUrl} answers, but {model} is not among its {names.Length} models; it may be cold or spelled otherwise: {string.Join(", ", names)}")), null),
            ModelListing.Failed { Status: 404 or 405, Reason: var reason } => (new("endpoint", $"{Printable.Line(reason)}; some servers have no list of models"), null),
            ModelListing.Failed { Reason: var reason } => (null, new(ExitCodes.EndpointRefused, $"--check-endpoint: {Printable.Line(reason)}; nothing was written",
                "put that right, or leave --check-endpoint away")),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>A configuration with this provider and nothing else.</summary>
    private static TomlDocument Alone(DesiredProvider desired)
    {
        var empty = TomlDocument.Parse("");
        var edits = ((MergeOutcome.Ready)MergePlanner.Plan(empty, desired, ConflictChoice.Refuse)).Edits;
        return TomlEditor.Plan(empty, edits) is EditPlanning.Ready { Plan: var plan } && plan.Apply() is EditResult.Applied { Document: var document } ? document : empty;
    }
}
