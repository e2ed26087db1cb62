using System.Collections.Immutable;
using System.CommandLine;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Presets;
using Codex.ConfigTool.Profiles;
using Codex.ConfigTool.Providers;
using Codex.ConfigTool.Rollback;
using Codex.Toml;

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
        var profile = ProfileFlag.Create("Make it the default of this profile instead: a file NAME.config.toml, used by codex -p NAME.");
        var check = new Option<bool>("--check-endpoint") { Description = "Ask the server for its models first, with what Codex would send; when it cannot be used, write nothing and end with 8." };
        var command = new Command(Name, "Add a provider to Codex's configuration and make it the default.") { preset, force, keep, profile, check };
        options.AddTo(command);
        changes.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(force) && result.GetValue(keep))
                result.AddError("Only one of --force and --keep can be given.");
            if (result.GetValue(profile) is not null && options.IsNoDefault(result))
                result.AddError("--no-default leaves nothing for --profile.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = invoke(parsed);
            var (place, refusal) = invocation.Place();
            if (place is null)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            if (parsed.GetValue(profile) is not null && await ProfileGate.FindAsync(invocation, cancellation) is { } tooOld)
                return ChangeCommand.Refuse(invocation, Name, tooOld);
            var choice = await ChooseAsync(PresetRegistry.Find(parsed.GetRequiredValue(preset))!, options.Read(parsed), invocation, cancellation);
            if (choice is not ProviderChoice.Made made)
                return ChangeCommand.Refuse(invocation, Name, ((ProviderChoice.Refused)choice).Refusal);
            if (VersionGate.Matters(made))
                made = VersionGate.Apply(made, await invocation.CodexVersionAsync(cancellation));
            if (parsed.GetValue(check))
            {
                var (notice, unusable) = await EndpointCheck.RunAsync(invocation, place, made.Desired, cancellation);
                if (unusable is not null)
                    return ChangeCommand.Refuse(invocation, Name, unusable);
                made = made with { Notices = made.Notices.Add(notice!) };
            }

            var settle = parsed.GetValue(force) ? ConflictChoice.Force : parsed.GetValue(keep) ? ConflictChoice.Keep : ConflictChoice.Refuse;
            var log = new OperationLog(invocation.Environment.Files, invocation.State);
            var request = new ChangeRequest(Name, made.Desired.Id, Files(place, parsed.GetValue(profile), made.Desired, settle, log)) { Notices = made.Notices };
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

    /// <summary>All in config.toml; with a profile, its default in the profile's file.</summary>
    private static ImmutableArray<FileChange> Files(ConfigPlace place, string? profile, DesiredProvider desired, ConflictChoice settle, OperationLog log)
    {
        if (profile is null)
            return [new(place.File, file => Plan(file, desired, settle, Written(file)))];
        return
        [
            new(place.File, file => Plan(file, desired with { Root = [], Settings = [] }, settle, [])),
            new(ProfileFiles.PathOf(place.Home, profile), (file, read) => WithNotices(
                Plan(file, desired with { Table = [] }, settle, Written(file)),
                InheritedWindow.Notices(TomlDocument.Parse(read[place.File].Bytes.GetValueOrDefault()), desired.Root))),
        ];

        IEnumerable<FileOperation> Written(ConfigFile file) => new OperationHistory(log.All()).Of(file.RealPath).Select(o => o.File);
    }

    private static ChangePlanning WithNotices(ChangePlanning planning, IEnumerable<Notice> notices) => planning is ChangePlanning.Ready { Change: var change }
        ? new ChangePlanning.Ready(change with { Notices = [.. change.Notices, .. notices] })
        : planning;

    private static ChangePlanning Ready(ConfigFile file, TomlDocument document, MergeOutcome.Ready ready, DesiredProvider desired, IEnumerable<FileOperation> written)
    {
        var stale = StaleWindow.Of(document, written, desired.Root);
        return ChangePlanning.OfEdits(file, document, [.. ready.Edits, .. stale.Edits], [.. ready.Notices, .. stale.Notices]);
    }

    private static ChangePlanning Plan(ConfigFile file, DesiredProvider desired, ConflictChoice settle, IEnumerable<FileOperation> written)
    {
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return ChangePlanning.OfDiagnostic(file, document, document.Diagnostics[0]);
        return MergePlanner.Plan(document, desired, settle) switch
        {
            MergeOutcome.Ready ready => Ready(file, document, ready, desired, written),
            MergeOutcome.Conflicting { Conflicts: var conflicts } => new ChangePlanning.Refused(
                new(ExitCodes.Conflict, $"{file.Name} already says something else for provider '{desired.Id}'; nothing was written",
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
}
