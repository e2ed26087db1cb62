using System.CommandLine;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Profiles;

namespace Codex.ConfigTool.CommandLine;

/// <summary>The commands below <c>profiles</c> that write.</summary>
internal static class ProfileChangeCommands
{
    public static Command Add(Func<ParseResult, Invocation> invoke)
    {
        var name = Name("Its name, for codex -p.");
        var provider = new Option<string>("--provider") { Description = "A provider of config.toml or of Codex.", HelpName = "id", Required = true };
        var model = ModelFlag.Create("Model to start with. Default: the preset's, else that of config.toml.");
        return Command("add", "Make a profile: a file NAME.config.toml that codex -p NAME lays over config.toml.", invoke, [name], [provider, model], needsFiles: true, (invocation, place, parsed) =>
        {
            var profile = parsed.GetRequiredValue(name);
            var path = ProfileFiles.PathOf(place.Home, profile);
            // The configuration only tells which providers there are; it is read with the profile and left as it is.
            return (new ChangeRequest("profiles add", null,
            [
                new(path, (file, read) => ProfileAddition.Plan(file, read[place.File], parsed.GetRequiredValue(provider), parsed.GetValue(model))),
                new(place.File, file => ChangePlanning.OfText(file, file.Bytes, [])),
            ]), null);
        });
    }

    public static Command Remove(Func<ParseResult, Invocation> invoke)
    {
        // A table in config.toml may have any name.
        var name = new Argument<string>("name") { Description = "The profile." };
        return Command("remove", "Remove a profile: its file, or its table [profiles.NAME] in config.toml.", invoke, [name], [], needsFiles: false, (invocation, place, parsed) =>
        {
            var profile = parsed.GetRequiredValue(name);
            if (ProfileFiles.Names(invocation.Environment.Files, place.Home).Contains(profile, StringComparer.Ordinal))
                return (new ChangeRequest("profiles remove", null, [new(ProfileFiles.PathOf(place.Home, profile), ProfileRemoval.OfFile)]), null);
            var isLegacy = invocation.Read().Config is { } config && Profile.Legacy(config.Document).Any(p => p.Name == profile);
            return isLegacy
                ? (new ChangeRequest("profiles remove", null, [new(place.File, file => ProfileRemoval.OfTable(file, profile))]), null)
                : (null, new(ExitCodes.Usage, $"there is no profile '{Printable.Line(profile)}' in {invocation.Shown(place.Home)}", "codex-config profiles list shows those there are"));
        });
    }

    public static Command Migrate(Func<ParseResult, Invocation> invoke)
    {
        var name = Name("The table's name below profiles.");
        return Command("migrate", "Move a table [profiles.NAME] of config.toml into NAME.config.toml, where Codex 0.134 and later look.", invoke, [name], [], needsFiles: true, (invocation, place, parsed) =>
        {
            var migration = new ProfileMigration(parsed.GetRequiredValue(name));
            // The new file first: whatever happens in between, no line of the user's is nowhere.
            return (new ChangeRequest("profiles migrate", null,
            [
                new(ProfileFiles.PathOf(place.Home, parsed.GetRequiredValue(name)), (file, read) => migration.PlanFile(file, read[place.File])),
                new(place.File, migration.PlanConfig),
            ]), null);
        });
    }

    private static Argument<string> Name(string description)
    {
        var name = new Argument<string>("name") { Description = description };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && ProfileFiles.NameFault(text) is { } fault)
                result.AddError($"'{Printable.Line(text)}': {fault}");
        });
        return name;
    }

    private static Command Command(
        string name,
        string description,
        Func<ParseResult, Invocation> invoke,
        Argument[] arguments,
        Option[] options,
        bool needsFiles,
        Func<Invocation, ConfigPlace, ParseResult, (ChangeRequest? Request, Refusal? Refusal)> request)
    {
        var changes = new ChangeFlags();
        var command = new Command(name, description);
        foreach (var argument in arguments)
            command.Arguments.Add(argument);
        foreach (var option in options)
            command.Options.Add(option);
        changes.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = invoke(parsed);
            var (place, refusal) = invocation.Place();
            if (place is null)
                return ChangeCommand.Refuse(invocation, $"profiles {name}", refusal!);
            if (needsFiles && await ProfileGate.FindAsync(invocation, cancellation) is { } tooOld)
                return ChangeCommand.Refuse(invocation, $"profiles {name}", tooOld);
            var (wanted, unwanted) = request(invocation, place, parsed);
            return wanted is null
                ? ChangeCommand.Refuse(invocation, $"profiles {name}", unwanted!)
                : await ChangeCommand.RunAsync(invocation, wanted, changes.Mode(parsed), changes.ShowsDiff(parsed), [], cancellation);
        });
        return command;
    }
}
