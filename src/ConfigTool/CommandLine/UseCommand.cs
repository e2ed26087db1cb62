using System.CommandLine;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Chats;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Profiles;
using Codex.ConfigTool.Rollback;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Makes a provider that is there the default.</summary>
internal static class UseCommand
{
    private const string Name = "use";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var id = new Argument<string>("id") { Description = "A provider of the file or of Codex; openai takes the setting away." };
        var model = ModelFlag.Create("Model to start with. Default: the one last used with it.");
        var profile = ProfileFlag.Create("Make it the default of this profile: a file NAME.config.toml, used by codex -p NAME.");
        var changes = new ChangeFlags();
        var command = new Command(Name, "Make a provider the default.") { id, model, profile };
        command.Aliases.Add("set-default");
        changes.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = invoke(parsed);
            var (place, refusal) = invocation.Place();
            if (place is null)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            if (parsed.GetValue(profile) is not null && await ProfileGate.FindAsync(invocation, cancellation) is { } tooOld)
                return ChangeCommand.Refuse(invocation, Name, tooOld);
            var provider = parsed.GetRequiredValue(id);
            var log = new OperationLog(invocation.Environment.Files, invocation.State);
            var request = new ChangeRequest(Name, provider, parsed.GetValue(profile) is { } named
                ?
                [
                    new(ProfileFiles.PathOf(place.Home, named), (file, read) => Switch().PlanProfile(file, read[place.File])),
                    new(place.File, file => ChangePlanning.OfText(file, file.Bytes, [])),
                ]
                : [new(place.File, Switch().Plan)]);
            var others = ChatCount.Of(invocation.Environment, place.Home).Where(c => c.Key != provider && c.Value > 0).OrderByDescending(c => c.Value)
                .Select(c => $"{c.Value} chats were made with \"{c.Key}\"; codex resume lists them again after codex-config use {c.Key}.");
            return await ChangeCommand.RunAsync(invocation, request, changes.Mode(parsed), changes.ShowsDiff(parsed), others.Append("Start a new Codex session; open ones keep the old provider."), cancellation);

            DefaultSwitch Switch() => new(new(log.All()), provider, parsed.GetValue(model));
        });
        return command;
    }
}
