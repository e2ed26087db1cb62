using System.CommandLine;
using System.Text;
using Codex.Agent.Configuration;
using Codex.Agent.Configuration.Features;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.Agent.CommandLine;

/// <summary><c>codex-agent features</c>: shows and sets what is below <c>[features]</c>.</summary>
internal static class FeaturesCommand
{
    private const string NotHere = "not here";

    /// <param name="surroundings">Null for the process's own.</param>
    public static Command Create(Surroundings? surroundings) => new("features", "Show and set what can be turned on and off.")
    {
        List(surroundings), Set(surroundings, "enable", isOn: true), Set(surroundings, "disable", isOn: false),
    };

    private static Command List(Surroundings? surroundings)
    {
        var all = new Option<bool>("--all") { Description = "Also those that only Codex has; here they have no effect." };
        var overrides = new Option<string[]>("--config", "-c") { Description = "Value of the configuration, as key=value. Can be repeated.", HelpName = "key=value", AllowMultipleArgumentsPerToken = false };
        var command = new Command("list", "Show each with its stage and whether it is on.") { all, overrides };
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new SettingsRequest { Overrides = [.. parsed.GetValue(overrides) ?? []] };
            var loaded = new SettingsLoader(surroundings ?? Surroundings.OfProcess(), TimeProvider.System).Load(request);
            if (loaded is not SettingsLoaded.Ready { Settings.Features: var features })
                return await FailAsync(parsed, ((SettingsLoaded.Refused)loaded).Message);
            await parsed.InvocationConfiguration.Output.WriteAsync(Table(features, parsed.GetValue(all)).AsMemory(), cancellation);
            return 0;
        });
        return command;
    }

    private static Command Set(Surroundings? surroundings, string verb, bool isOn)
    {
        var name = new Argument<string>("feature") { Description = "As features list names it." };
        name.Offer(CompletionWords.Features);
        var command = new Command(verb, $"Turn a feature {(isOn ? "on" : "off")} in config.toml.") { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            var said = parsed.GetRequiredValue(name);
            var isHere = KnownFeatures.Here.Any(f => f.Name == said);
            if (!isHere && !KnownFeatures.OfCodexOnly.Contains(said))
                return await FailAsync(parsed, $"Unknown feature flag: {said}. codex-agent features list --all shows the names.");
            var findings = new SettingsFindings();
            if (CodexHome.Find(surroundings ?? Surroundings.OfProcess(), findings) is not { } home)
                return await FailAsync(parsed, findings.Faults[0]);
            if (ConfigFileChange.Apply(Path.Combine(home, "config.toml"), _ => [new TomlEdit.SetValue(TomlPath.Of("features", said), new TomlValue.Boolean(isOn))]) is { } refusal)
                return await FailAsync(parsed, refusal);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{(isOn ? "Enabled" : "Disabled")} feature `{said}` in config.toml.".AsMemory(), cancellation);
            if (!isHere)
                await parsed.InvocationConfiguration.Error.WriteLineAsync("codex-agent: only Codex has it; here it changes nothing.".AsMemory(), cancellation);
            return 0;
        });
        return command;
    }

    /// <summary>In Codex's columns: name, stage, state.</summary>
    private static string Table(FeatureSet features, bool all)
    {
        var rows = KnownFeatures.Here.Select(f => (f.Name, f.Stage, IsOn: features.IsOn(f.Name)))
            .Concat(all ? KnownFeatures.OfCodexOnly.Select(f => (Name: f, Stage: NotHere, IsOn: false)) : [])
            .OrderBy(r => r.Name, StringComparer.Ordinal)
            .ToList();
        var (name, stage) = (rows.Max(r => r.Name.Length), rows.Max(r => r.Stage.Length));
        var text = new StringBuilder();
        foreach (var row in rows)
            text.Append(row.Name.PadRight(name)).Append("  ").Append(row.Stage.PadRight(stage)).Append("  ").Append(row.IsOn ? "true" : "false").Append('\n');
        return text.ToString();
    }

    private static async Task<int> FailAsync(ParseResult parsed, string message)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"codex-agent: {message}");
        return 1;
    }
}
