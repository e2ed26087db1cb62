using System.Collections.Immutable;
using System.CommandLine;
using Codex.Agent.Configuration;
using Codex.Agent.Mcp;

namespace Codex.Agent.CommandLine;

/// <summary><c>codex-agent mcp</c>: shows and changes <c>[mcp_servers]</c>.</summary>
internal static class McpCommand
{
    private const int WrongArguments = 2;

    /// <param name="surroundings">Null for the process's own.</param>
    public static Command Create(Surroundings? surroundings) => new("mcp", "Show and change the MCP servers that the agent starts.")
    {
        Add(surroundings), List(surroundings), Get(surroundings), Remove(surroundings),
    };

    private static Command Add(Surroundings? surroundings)
    {
        var name = new Argument<string>("NAME") { Description = "What the server is called." };
        var words = new Argument<string[]>("COMMAND") { Description = "The program that is the server, with its arguments; behind --.", Arity = ArgumentArity.ZeroOrMore };
        var env = new Option<string[]>("--env") { Description = "Variable for the program. Can be repeated.", HelpName = "KEY=VALUE", Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = false };
        var url = new Option<string?>("--url") { Description = "Address of a server that speaks streamable HTTP.", HelpName = "URL" };
        var bearer = new Option<string?>("--bearer-token-env-var") { Description = "Environment variable that holds its bearer token.", HelpName = "NAME" };
        var command = new Command("add", "Add a server to config.toml, or change how one is reached.") { name, words, env, url, bearer };
        command.SetAction(async (parsed, cancellation) =>
        {
            var said = parsed.GetRequiredValue(name);
            if (!McpServerReader.IsName(said))
                return await FailAsync(parsed, 1, $"invalid server name '{said}' (use letters, numbers, '-', '_', ':', '@', '/', '.')");
            var (transport, fault) = Transport(parsed.GetValue(words) ?? [], parsed.GetValue(env) ?? [], parsed.GetValue(url), parsed.GetValue(bearer));
            if (transport is null)
                return await FailAsync(parsed, WrongArguments, fault!);
            if (Home(surroundings, out var homeFault) is not { } home)
                return await FailAsync(parsed, 1, homeFault!);
            if (ConfigFileChange.Apply(Path.Combine(home, "config.toml"), d => McpConfigEdit.Add(d, said, transport)) is { } refusal)
                return await FailAsync(parsed, 1, refusal);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Added global MCP server '{said}'.".AsMemory(), cancellation);
            return 0;
        });
        return command;
    }

    private static Command List(Surroundings? surroundings)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("list", "Show all servers.") { json };
        command.SetAction((parsed, cancellation) => ShowAsync(surroundings, parsed, servers =>
            parsed.GetValue(json) ? McpServerJson.List(servers) + "\n" : McpServerText.List(servers)));
        return command;
    }

    private static Command Get(Surroundings? surroundings)
    {
        var name = new Argument<string>("NAME") { Description = "What the server is called." };
        name.Offer(CompletionWords.McpServers);
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("get", "Show one server.") { name, json };
        command.SetAction((parsed, cancellation) => ShowAsync(surroundings, parsed, servers => servers.FirstOrDefault(s => s.Name == parsed.GetRequiredValue(name)) switch
        {
            null => null,
            var one when parsed.GetValue(json) => McpServerJson.One(one) + "\n",
            var one => McpServerText.One(one),
        }, () => $"No MCP server named '{parsed.GetRequiredValue(name)}' found."));
        return command;
    }

    private static Command Remove(Surroundings? surroundings)
    {
        var name = new Argument<string>("NAME") { Description = "What the server is called." };
        name.Offer(CompletionWords.McpServers);
        var command = new Command("remove", "Take a server out of config.toml.") { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            var said = parsed.GetRequiredValue(name);
            if (Home(surroundings, out var homeFault) is not { } home)
                return await FailAsync(parsed, 1, homeFault!);
            var isThere = false;
            var refusal = ConfigFileChange.Apply(Path.Combine(home, "config.toml"), d =>
            {
                isThere = d.Find(McpConfigEdit.PathOf(said)) is not null;
                return McpConfigEdit.Remove(d, said);
            });
            if (refusal is not null)
                return await FailAsync(parsed, 1, refusal);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                (isThere ? $"Removed global MCP server '{said}'." : $"No MCP server named '{said}' found.").AsMemory(), cancellation);
            return 0;
        });
        return command;
    }

    private static (McpTransport? Transport, string? Fault) Transport(string[] words, string[] env, string? url, string? bearer)
    {
        if ((words.Length > 0) == (url is not null))
            return (null, "say either --url URL or -- COMMAND...; see codex-agent mcp add --help.");
        if (url is not null)
        {
            if (env.Length > 0)
                return (null, "--env is for servers that are programs; leave it out with --url.");
            return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? (new McpTransport.Http(address, bearer, ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty), null)
                : (null, $"'{url}' is no http or https address.");
        }

        if (bearer is not null)
            return (null, "--bearer-token-env-var is for servers with an address; use --url with it.");
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in env)
        {
            var at = pair.IndexOf('=');
            if (at <= 0)
                return (null, "--env takes KEY=VALUE.");
            variables[pair[..at]] = pair[(at + 1)..];
        }

        return (new McpTransport.Stdio(words[0], [.. words[1..]], variables.ToImmutable(), [], Directory: null), null);
    }

    /// <param name="show">Null when what was asked for is not there.</param>
    private static async Task<int> ShowAsync(
        Surroundings? surroundings, ParseResult parsed, Func<ImmutableArray<McpServer>, string?> show, Func<string>? notThere = null)
    {
        var loaded = new SettingsLoader(surroundings ?? Surroundings.OfProcess(), TimeProvider.System).Load(new SettingsRequest());
        if (loaded is not SettingsLoaded.Ready { Settings: var settings })
            return await FailAsync(parsed, 1, ((SettingsLoaded.Refused)loaded).Message);
        var (servers, problems) = McpServerReader.Read(settings.Merged);
        foreach (var problem in problems)
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"codex-agent: {problem}");
        if (show([.. servers.Select(s => McpIdentity.Restrict(s, settings.Requirements.McpServers, settings.Requirements.Source))]) is not { } text)
            return await FailAsync(parsed, 1, notThere!());
        await parsed.InvocationConfiguration.Output.WriteAsync(text);
        return 0;
    }

    private static string? Home(Surroundings? surroundings, out string? fault)
    {
        var findings = new SettingsFindings();
        var home = CodexHome.Find(surroundings ?? Surroundings.OfProcess(), findings);
        fault = findings.Faults.FirstOrDefault();
        return home;
    }

    private static async Task<int> FailAsync(ParseResult parsed, int exitCode, string message)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"codex-agent: {message}");
        return exitCode;
    }
}
