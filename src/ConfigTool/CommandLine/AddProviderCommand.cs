using System.Collections.Immutable;
using System.CommandLine;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Presets;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Values;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Points Codex at a provider.</summary>
internal static class AddProviderCommand
{
    private const string Name = "add-provider";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var preset = new Argument<string>("preset") { Description = "One of: " + string.Join(", ", PresetRegistry.All.Select(p => p.Name)) + ".", HelpName = "preset" };
        preset.AcceptOnlyFromAmong([.. PresetRegistry.All.Select(p => p.Name)]);
        var options = new AddProviderFlags();
        var changes = new ChangeFlags();
        var force = new Option<bool>("--force") { Description = "Where the file says something else, write ours." };
        var keep = new Option<bool>("--keep") { Description = "Where the file says something else, leave it." };
        var command = new Command(Name, "Add a provider to Codex's configuration and make it the default.") { preset, force, keep };
        options.AddTo(command);
        changes.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(force) && result.GetValue(keep))
                result.AddError("Only one of --force and --keep can be given.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = invoke(parsed);
            var (place, refusal) = invocation.Place();
            if (place is null)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            var choice = await ChooseAsync(PresetRegistry.Find(parsed.GetRequiredValue(preset))!, options.Read(parsed), invocation, cancellation);
            if (choice is not ProviderChoice.Made made)
                return ChangeCommand.Refuse(invocation, Name, ((ProviderChoice.Refused)choice).Refusal);
            if (VersionGate.Matters(made))
                made = VersionGate.Apply(made, await invocation.CodexVersionAsync(cancellation));
            var settle = parsed.GetValue(force) ? ConflictChoice.Force : parsed.GetValue(keep) ? ConflictChoice.Keep : ConflictChoice.Refuse;
            var request = new ChangeRequest(Name, made.Desired.Id, [new(place.File, file => Plan(file, made, settle))]);
            return await ChangeCommand.RunAsync(invocation, request, changes.Mode(parsed), changes.ShowsDiff(parsed), NextSteps.Of(invocation, place, made), cancellation);
        });
        return command;
    }

    private static async Task<ProviderChoice> ChooseAsync(Preset preset, AddProviderOptions options, Invocation invocation, CancellationToken cancellation)
    {
        var choice = ProviderChoice.Of(preset, options);
        if (choice is not ProviderChoice.AskForModel ask)
            return choice;
        var listing = await ModelList.AskAsync(ask.BaseUrl, ask.KeyVariable is { } variable ? invocation.Environment.Variable(variable) : null, cancellation);
        return listing switch
        {
            ModelListing.Models { Names: [var only] } => ProviderChoice.Of(preset, options with { Model = only }),
            ModelListing.Models { Names: var several } => new ProviderChoice.Refused(new(ExitCodes.Usage, $"{ask.BaseUrl} serves {several.Length} models: {string.Join(", ", several)}", "name one with --model")),
            ModelListing.Failed failed => new ProviderChoice.Refused(new(ExitCodes.Usage, $"no model was named, and the server cannot be asked: {failed.Reason}", "name one with --model")),
            _ => throw new InvalidOperationException(),
        };
    }

    private static ChangePlanning Plan(ConfigFile file, ProviderChoice.Made made, ConflictChoice settle)
    {
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return ChangePlanning.OfDiagnostic(file, document, document.Diagnostics[0]);
        return MergePlanner.Plan(document, made.Desired, settle) switch
        {
            MergeOutcome.Ready ready => ChangePlanning.OfEdits(file, document, ready.Edits, [.. made.Notices, .. ready.Notices, .. StaleWindow(document, made.Desired)]),
            MergeOutcome.Conflicting { Conflicts: var conflicts } => new ChangePlanning.Refused(
                new(ExitCodes.Conflict, $"{file.Name} already says something else for provider '{made.Desired.Id}'; nothing was written",
                    Settlement(conflicts)),
                conflicts),
            MergeOutcome.Invalid invalid => new ChangePlanning.Refused(new(ExitCodes.InvalidConfiguration, $"{file.Name}:{invalid.Position}: {invalid.Message}")),
            _ => throw new InvalidOperationException(),
        };
    }

    private static string Settlement(ImmutableArray<MergeConflict> conflicts) =>
        conflicts.All(c => c.CanForce) ? "--force writes ours, --keep leaves yours"
        : conflicts.Any(c => c is { CanForce: false, Ours: null }) ? "this provider is built into Codex, which does not start with a table of its name: remove the table, or give it another id"
        : "Codex refuses both together: remove yours, or use --keep";

    /// <summary>A window that was right for the model before.</summary>
    private static ImmutableArray<Notice> StaleWindow(TomlDocument document, DesiredProvider desired)
    {
        var model = desired.Root.FirstOrDefault(r => r.Key == ConfigKeys.Model).Value;
        return model is not null
            && desired.Root.All(r => r.Key != ConfigKeys.ContextWindow)
            && document.Find(TomlPath.Of(ConfigKeys.ContextWindow)) is { } window
            && document.Find(TomlPath.Of(ConfigKeys.Model))?.ToValue().Equals(model) != true
            ? [new("context-window", $"{ConfigKeys.ContextWindow} = {ValueWriter.Write(window.ToValue())} was for the model before; give the new one's with --context-window", MergePlanner.PositionOf(document, window))]
            : [];
    }
}
