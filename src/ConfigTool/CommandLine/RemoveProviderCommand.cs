using System.CommandLine;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Chats;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Profiles;
using Codex.ConfigTool.Rollback;
using Codex.Toml;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Takes a provider out again.</summary>
internal static class RemoveProviderCommand
{
    public const string Name = "remove-provider";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var id = new Argument<string>("id") { Description = "The provider's key below model_providers." };
        var keepTable = new Option<bool>("--keep-table") { Description = "Restore the defaults only, so that old chats can still be resumed." };
        var force = new Option<bool>("--force") { Description = "Remove keys and comments of your own inside its table as well." };
        var changes = new ChangeFlags();
        var command = new Command(Name, "Remove a provider and restore what was the default before.") { id, keepTable, force };
        changes.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = invoke(parsed);
            var (place, refusal) = invocation.Place();
            if (place is null)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            var provider = parsed.GetRequiredValue(id);
            var log = new OperationLog(invocation.Environment.Files, invocation.State);
            var files = invocation.Environment.Files;
            // What add-provider and use wrote into profiles goes as well; a profile that the user made for the provider is only told about.
            string[] profiles = [.. new OperationHistory(log.All()).FilesOf(provider).Where(f => ProfileFiles.NameOf(place.Home, f) is not null)];
            var request = new ChangeRequest(Name, provider,
            [
                new(place.File, file => WithReferences(Removal().Plan(file), file)),
                .. profiles.Select(p => new FileChange(p, (file, read) => Removal().PlanProfile(file, read[place.File]))),
            ]);
            var chats = ChatCount.Of(invocation.Environment, place.Home).GetValueOrDefault(provider);
            string[] further = chats > 0 && !parsed.GetValue(keepTable)
                ? [$"{chats} chats were made with \"{provider}\" and cannot be resumed without its table; codex-config undo, then --keep-table, keeps it."]
                : [];
            return await ChangeCommand.RunAsync(invocation, request, changes.Mode(parsed), changes.ShowsDiff(parsed), further, cancellation);

            ProviderRemoval Removal() => new(new(log.All()), provider, parsed.GetValue(keepTable), parsed.GetValue(force));

            ChangePlanning WithReferences(ChangePlanning planning, ConfigFile file) => planning is ChangePlanning.Ready { Change: var change } && !parsed.GetValue(keepTable)
                ? new ChangePlanning.Ready(change with
                {
                    Notices = [.. change.Notices, .. ProfileReferences.Notices(files, place.Home, TomlDocument.Parse(file.Bytes.GetValueOrDefault()), provider, profiles)],
                })
                : planning;
        });
        return command;
    }
}
