using System.Collections.Immutable;
using System.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Semantics;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Looks at profiles: files <c>NAME.config.toml</c> beside the configuration, which <c>codex -p NAME</c> lays over it (Codex 0.134 and later).</summary>
internal static class ProfilesCommand
{
    private const string Name = "profiles";
    private const string Suffix = ".config.toml";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var list = new Command("list", "List the profiles with their providers and models.");
        list.SetAction(parsed => List(invoke(parsed)));
        var name = new Argument<string>("name") { Description = "The profile." };
        var show = new Command("show", "Show a profile's file, secrets masked.") { name };
        show.SetAction(parsed => Show(invoke(parsed), parsed.GetRequiredValue(name)));
        return new Command(Name, "Look at profiles, each a file NAME.config.toml beside config.toml.") { list, show };
    }

    private static int List(Invocation invocation)
    {
        var (place, refusal) = invocation.Place();
        if (place is null)
            return ChangeCommand.Refuse(invocation, Name, refusal!);
        ImmutableArray<Profile> profiles = [.. Names(invocation, place).Select(n => Read(invocation, place, n)).Concat(Legacy(invocation, place))];
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
        if (!Names(invocation, place).Contains(name, StringComparer.Ordinal))
            return ChangeCommand.Refuse(invocation, Name, new(ExitCodes.Usage, $"there is no profile '{Printable.Line(name)}' in {invocation.Shown(place.Home)}", "codex-config profiles list shows those there are"));
        var reading = ConfigFileReader.Read(invocation.Environment.Files, Path.Combine(place.Home, name + Suffix));
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
                WriteFields(json, new(name, IsLegacy: false, TextAt(document, ConfigKeys.ModelProvider), TextAt(document, ConfigKeys.Model), IsValid: true));
                json.WriteString("text", string.Join('\n', lines));
            }));
        }
        else if (!invocation.Style.Quiet)
        {
            invocation.Terminal.Output.WriteLine(string.Join('\n', lines));
        }

        return ExitCodes.Done;
    }

    private static IEnumerable<string> Names(Invocation invocation, ConfigPlace place) =>
        invocation.Environment.Files.FilesIn(place.Home).Select(f => Path.GetFileName(f))
            .Where(f => f.Length > Suffix.Length && f.EndsWith(Suffix, StringComparison.Ordinal) && f[0] != '.')
            .Select(f => f[..^Suffix.Length])
            .Order(StringComparer.Ordinal);

    private static Profile Read(Invocation invocation, ConfigPlace place, string name)
    {
        if (ConfigFileReader.Read(invocation.Environment.Files, Path.Combine(place.Home, name + Suffix)) is not FileReading.Done { File: var file })
            return new(name, IsLegacy: false, null, null, IsValid: false);
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        return document.IsValid
            ? new(name, IsLegacy: false, TextAt(document, ConfigKeys.ModelProvider), TextAt(document, ConfigKeys.Model), IsValid: true)
            : new(name, IsLegacy: false, null, null, IsValid: false);
    }

    /// <summary>Tables <c>[profiles.NAME]</c> of the configuration, which Codex 0.134 and later pass over.</summary>
    private static IEnumerable<Profile> Legacy(Invocation invocation, ConfigPlace place) =>
        invocation.Read().Config is { } config && config.Document.Find(TomlPath.Of(ConfigKeys.Profiles)) is TableNode profiles
            ? profiles.Children.Where(p => p.Value is TableNode).Select(p => new Profile(p.Key, IsLegacy: true,
                ProviderEndpoint.TextOf((TableNode)p.Value, ConfigKeys.ModelProvider), ProviderEndpoint.TextOf((TableNode)p.Value, ConfigKeys.Model), IsValid: true))
            : [];

    private static string? TextAt(TomlDocument document, string key) => ProviderEndpoint.TextAt(document.Find(TomlPath.Of(key)));

    private static void Print(Invocation invocation, ImmutableArray<Profile> profiles)
    {
        var output = invocation.Terminal.Output;
        if (profiles.IsEmpty)
            output.WriteLine("There are no profiles.");
        foreach (var profile in profiles)
        {
            var what = !profile.IsValid ? "cannot be read: codex-config profiles show says why" : $"provider {profile.Provider ?? "as in config.toml"}, model {profile.Model ?? "as in config.toml"}";
            output.WriteLine(Printable.Line($"{profile.Name}: {what}{(profile.IsLegacy ? " (in config.toml, where Codex 0.134 and later do not look)" : "")}"));
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

    /// <param name="Name">For <c>codex -p</c>.</param>
    /// <param name="IsLegacy">A table in config.toml.</param>
    /// <param name="Provider">Null when the profile names none.</param>
    /// <param name="Model">Null when the profile names none.</param>
    /// <param name="IsValid">It can be read and is TOML.</param>
    private sealed record Profile(string Name, bool IsLegacy, string? Provider, string? Model, bool IsValid);
}
