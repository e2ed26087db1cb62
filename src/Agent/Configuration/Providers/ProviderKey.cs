using System.Collections.Immutable;
using Codex.Agent.Client;

namespace Codex.Agent.Configuration.Providers;

/// <summary>Where a provider's key comes from.</summary>
/// <param name="Variable">Named in messages; null when the key is no variable's.</param>
/// <param name="SecretVariables">Variables that hold the key, whether or not this one is used.</param>
internal sealed record ProviderKey(Func<string?> Key, string? Variable, KeyProgram? Program, ImmutableArray<string> SecretVariables)
{
    private static readonly ImmutableArray<string> OpenAiVariables = ["CODEX_API_KEY", "OPENAI_API_KEY"];

    private static readonly ProviderKey None = new(static () => null, null, null, []);

    /// <param name="openAi">Whether OpenAI's own key is sent, and whether nothing works without it.</param>
    public static ProviderKey Read(string id, SettingsSection table, OpenAiKey openAi, ProviderSources sources)
    {
        var variable = table.Text("env_key");
        var token = table.Text("experimental_bearer_token");
        if (table.Section("auth") is { } auth)
        {
            if ((variable is null ? token is null ? null : "experimental_bearer_token" : "env_key") is { } other)
                table.Findings.Fault(auth.Table.Origin, table.PathOf("auth"), $"cannot be combined with {other}; remove one of them");
            return OfProgram(auth, sources);
        }

        if (variable is not null)
            return OfVariable(variable, table, sources);
        if (token is not null)
            return None with { Key = () => token };
        return openAi == OpenAiKey.No ? None : OpenAis(id, openAi, sources);
    }

    private static ProviderKey OfVariable(string variable, SettingsSection table, ProviderSources sources)
    {
        var key = sources.Around.Variable(variable)?.Trim();
        if (key is null)
        {
            var place = table.Find("env_key")!.Origin;
            var advice = table.Text("env_key_instructions") is { } text ? $" {text.Trim()}" : "";
            table.Findings.Fault(place, table.PathOf("env_key"),
                $"names the environment variable {variable}, which is not set; set it, or write {variable}=... into {Path.Combine(sources.CodexHome, ".env")}.{advice}");
        }

        return new ProviderKey(() => key, variable, null, [variable]);
    }

    private static ProviderKey OpenAis(string id, OpenAiKey openAi, ProviderSources sources)
    {
        foreach (var variable in OpenAiVariables)
        {
            if (sources.Around.Variable(variable)?.Trim() is { } key)
                return new ProviderKey(() => key, variable, null, OpenAiVariables);
        }

        if (StoredKey.Read(sources.CodexHome) is { } stored)
            return new ProviderKey(() => stored, null, null, OpenAiVariables);
        if (openAi == OpenAiKey.Needed)
        {
            sources.Findings.Fault(
                $"The provider \"{id}\" needs a key: set {OpenAiVariables[^1]}. To use a server of this machine instead, set model_provider = \"local\" or use --oss.");
        }

        return None;
    }

    private static ProviderKey OfProgram(SettingsSection auth, ProviderSources sources)
    {
        if (auth.Text("command") is not { } command)
        {
            auth.Findings.Fault($"{auth.Table.Origin.Place}: {auth.PathOf("command")} is missing; name the program that prints the key");
            return None;
        }

        var arguments = auth.Texts("args");
        var program = new KeyProgram(
            command,
            arguments.IsDefault ? [] : arguments,
            auth.FilePath("cwd", sources.Around) ?? sources.Around.CurrentDirectory,
            sources.Around.Environment,
            TimeSpan.FromMilliseconds(auth.Number("timeout_ms", 1) ?? 5000),
            TimeSpan.FromMilliseconds(auth.Number("refresh_interval_ms", 0) ?? 300_000),
            sources.Time);
        return None with { Program = program };
    }
}

internal enum OpenAiKey
{
    No,

    /// <summary>Sent when there is one: the address is another server's.</summary>
    Welcome,
    Needed,
}
