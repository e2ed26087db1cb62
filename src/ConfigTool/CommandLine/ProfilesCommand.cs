using System.Collections.Immutable;
using System.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Profiles;
using Codex.Toml;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Profiles: files <c>NAME.config.toml</c> beside the configuration, which <c>codex -p NAME</c> lays over it (Codex 0.134 and later).</summary>
internal static class ProfilesCommand
{
    private const string Name = "profiles";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var list = new Command("list", "List the profiles with their providers and models.");
        list.SetAction(parsed => List(invoke(parsed)));
        var name = new Argument<string>("name") { Description = "The profile." };
        var show = new Command("show", "Show a profile's file, secrets masked.") { name };
        show.SetAction(parsed => Show(invoke(parsed), parsed.GetRequiredValue(name)));
        return new Command(Name, "Profiles, each a file NAME.config.toml beside config.toml.")
        {
            list, show, ProfileChangeCommands.Add(invoke), ProfileChangeCommands.Remove(invoke), ProfileChangeCommands.Migrate(invoke),
        };
    }

    private static int List(Invocation invocation)
    {
        var (place, refusal) = invocation.Place();
        if (place is null)
            return ChangeCommand.Refuse(invocation, Name, refusal!);
        var profiles = Profile.All(invocation.Environment.Files, place.Home, invocation.Read().Config?.Document);
        if (invocation.Style.Json)
            invocation.Terminal.Output.WriteLine(Json(profiles));
        else if (!invocation.Style.Quiet)
            Print(invocation, profiles);
        return ExitCodes.Done;
    }

    private static int Show(Invocation invocation, string name)
    {
        var (place, refusal) = invocation.Place();
        if (place is null)
            return ChangeCommand.Refuse(invocation, Name, refusal!);
        if (!ProfileFiles.Names(invocation.Environment.Files, place.Home).Contains(name, StringComparer.Ordinal))
            return ChangeCommand.Refuse(invocation, Name, new(ExitCodes.Usage, $"there is no profile '{Printable.Line(name)}' in {invocation.Shown(place.Home)}", "codex-config profiles list shows those there are"));
        var reading = ConfigFileReader.Read(invocation.Environment.Files, ProfileFiles.PathOf(place.Home, name));
        if (reading is FileReading.Refused refused)
            return ChangeCommand.Refuse(invocation, Name, refused.Refusal);
        var file = ((FileReading.Done)reading).File;
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return ChangeCommand.Refuse(invocation, Name, Changes.ChangePlanning.OfDiagnostic(file, document, document.Diagnostics[0]).Refusal);
        string[] lines = [.. document.TextOf(new(0, document.Bytes.Length)).TrimStart('\uFEFF').TrimEnd('\r', '\n').Split('\n').Select(Printable.Line)];
        if (invocation.Style.Json)
        {
            invocation.Terminal.Output.WriteLine(ReportJson.Object(Name, json =>
            {
                json.WriteString("file", file.Path);
                WriteFields(json, Profile.Of(name, document));
                json.WriteString("text", string.Join('\n', lines));
            }));
        }
        else if (!invocation.Style.Quiet)
        {
            invocation.Terminal.Output.WriteLine(string.Join('\n', lines));
        }

        return ExitCodes.Done;
    }

    private static void Print(Invocation invocation, ImmutableArray<Profile> profiles)
    {
        var output = invocation.Terminal.Output;
        if (profiles.IsEmpty)
            output.WriteLine("There are no profiles.");
        foreach (var profile in profiles)
        {
            var what = !profile.IsValid ? "cannot be read: codex-config profiles show says why" : $"provider {profile.Provider ?? "as in config.toml"}, model {profile.Model ?? "as in config.toml"}";
            output.WriteLine(Printable.Line($"{profile.Name}: {what}{(profile.IsLegacy ? " (in config.toml, where Codex 0.134 and later do not look; codex-config profiles migrate moves it)" : "")}"));
        }
    }

    private static string Json(ImmutableArray<Profile> profiles) => ReportJson.Object(Name, json =>
    {
        json.WriteStartArray("profiles");
        foreach (var profile in profiles)
        {
            json.WriteStartObject();
            WriteFields(json, profile);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteFields(System.Text.Json.Utf8JsonWriter json, Profile profile)
    {
        json.WriteString("name", profile.Name);
        json.WriteBoolean("legacy", profile.IsLegacy);
        json.WriteBoolean("valid", profile.IsValid);
        json.WriteString("provider", profile.Provider);
        json.WriteString("model", profile.Model);
    }
}
