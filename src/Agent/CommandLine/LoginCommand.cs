using System.CommandLine;
using Codex.Agent.Configuration;
using Codex.Agent.Configuration.Providers;

namespace Codex.Agent.CommandLine;

/// <summary><c>codex-agent login</c> and <c>logout</c>: the API key that both Codex and this program read from <c>auth.json</c>.</summary>
internal static class LoginCommand
{
    private const int Done = 0;
    private const int Failed = 1;

    /// <param name="around">Null for the process's own.</param>
    public static Command CreateLogin(ExecSurroundings surroundings, Surroundings? around)
    {
        var withKey = new Option<bool>("--with-api-key") { Description = "Read an OpenAI API key from standard input and keep it." };
        var command = new Command("login", "Keep an OpenAI API key. Other providers name a variable (env_key) in config.toml.") { withKey };
        command.SetAction((parsed, cancellation) => ChangeAsync(around, parsed, async home =>
        {
            if (!parsed.GetValue(withKey))
                return "signing in with ChatGPT is Codex's own: run codex login there, or give a key: codex-agent login --with-api-key < FILE";
            if (KeyFile.HoldsTokens(home))
                return $"{KeyFile.PathIn(home)} holds a login of Codex with ChatGPT, which would be lost; codex-agent logout removes it";
            var key = surroundings.Input is null ? "" : (await surroundings.Input.ReadToEndAsync(cancellation)).Trim();
            if (key.Length == 0)
                return "No API key provided via stdin.";
            if (key.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
                return "what came over standard input is not one key";
            return KeyFile.Write(home, key);
        }, "API key saved. It is checked when a request is sent."));
        command.Subcommands.Add(CreateStatus(around));
        return command;
    }

    /// <param name="around">Null for the process's own.</param>
    public static Command CreateLogout(Surroundings? around)
    {
        var command = new Command("logout", "Remove the key, or the login of Codex, from auth.json.");
        command.SetAction((parsed, cancellation) => ChangeAsync(around, parsed, home => Task.FromResult(KeyFile.Remove(home)), "No login is kept."));
        return command;
    }

    private static Command CreateStatus(Surroundings? around)
    {
        var command = new Command("status", "Tell whether a key is kept; ends with 1 when there is none.");
        command.SetAction((parsed, cancellation) => ChangeAsync(
            around,
            parsed,
            home => Task.FromResult(
                StoredKey.Read(home) is not null ? null
                : KeyFile.HoldsTokens(home) ? "Codex is signed in with ChatGPT, which only Codex can use; no API key is kept."
                : "Not logged in."),
            "An API key is kept."));
        return command;
    }

    /// <param name="change">Null when it was done, else why not.</param>
    private static async Task<int> ChangeAsync(Surroundings? around, ParseResult parsed, Func<string, Task<string?>> change, string done)
    {
        var error = parsed.InvocationConfiguration.Error;
        var findings = new SettingsFindings();
        if (CodexHome.Find(around ?? Surroundings.OfProcess(), findings) is not { } home)
        {
            await error.WriteLineAsync($"codex-agent: {findings.Faults[0]}");
            return Failed;
        }

        if (await change(home) is { } problem)
        {
            await error.WriteLineAsync($"codex-agent: {problem}");
            return Failed;
        }

        await error.WriteLineAsync(done);
        return Done;
    }
}
