using System.Collections.Immutable;
using Codex.Agent.Approvals.Shell;

namespace Codex.Agent.Approvals.Rules;

/// <summary>One file of rules, as it was read.</summary>
public sealed record RuleFile(ImmutableArray<PrefixRule> Prefixes, ImmutableArray<HostExecutable> Executables, ImmutableArray<NetworkRule> Network)
{
    /// <summary>Reads a file's text and runs the examples that stand in it.</summary>
    /// <param name="name">Of the file, for faults.</param>
    /// <returns>Either the rules or what is wrong; a file with a fault gives no rules at all.</returns>
    public static (RuleFile? File, RuleFault? Fault) Read(string name, string text)
    {
        var prefixes = ImmutableArray.CreateBuilder<PrefixRule>();
        var executables = ImmutableArray.CreateBuilder<HostExecutable>();
        var network = ImmutableArray.CreateBuilder<NetworkRule>();
        try
        {
            foreach (var statement in RuleStatements.Read(text))
            {
                switch (statement.Function)
                {
                    case "prefix_rule":
                        prefixes.Add(Prefix(statement));
                        break;
                    case "host_executable":
                        executables.Add(Executable(statement));
                        break;
                    case "network_rule":
                        network.Add(Host(statement));
                        break;
                    default:
                        throw new RuleSyntaxException(statement.Line, $"unknown rule '{statement.Function}'; there are prefix_rule, host_executable and network_rule");
                }
            }
        }
        catch (RuleSyntaxException e)
        {
            return (null, new RuleFault(name, e.Line, e.Message));
        }

        return (new RuleFile(prefixes.ToImmutable(), executables.ToImmutable(), network.ToImmutable()), null);
    }

    private static PrefixRule Prefix(RuleStatement statement)
    {
        var arguments = new RuleArguments(statement, "pattern", "decision", "match", "not_match", "justification");
        var rule = new PrefixRule(
            arguments.Pattern("pattern"),
            arguments.OptionalText("decision") switch
            {
                null or "allow" => RuleDecision.Allow,
                "prompt" => RuleDecision.Prompt,
                "forbidden" => RuleDecision.Forbidden,
                var other => throw arguments.Fault($"has the decision '{other}'; it is allow, prompt or forbidden"),
            },
            arguments.Justification());
        if (arguments.Examples("match").FirstOrDefault(e => !rule.Matches(e)) is { IsDefault: false } missed)
            throw arguments.Fault($"does not match its example '{ShellWords.Join(missed)}'");
        if (arguments.Examples("not_match").FirstOrDefault(e => rule.Matches(e)) is { IsDefault: false } caught)
            throw arguments.Fault($"matches '{ShellWords.Join(caught)}', which stands in not_match");
        return rule;
    }

    private static HostExecutable Executable(RuleStatement statement)
    {
        var arguments = new RuleArguments(statement, "name", "paths");
        var (name, paths) = (arguments.Text("name"), arguments.Texts("paths"));
        if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal))
            throw arguments.Fault($"needs a bare program name, not '{name}'");
        if (paths.FirstOrDefault(p => !p.StartsWith('/') || ShellPrograms.Name(p) != name) is { } wrong)
            throw arguments.Fault($"needs absolute paths that end in '{name}', not '{wrong}'");
        return new HostExecutable(name, paths);
    }

    private static NetworkRule Host(RuleStatement statement)
    {
        var arguments = new RuleArguments(statement, "host", "protocol", "decision", "justification");
        var (host, protocol) = (arguments.Text("host"), arguments.Text("protocol"));
        if (Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown)
            throw arguments.Fault($"needs one host name or address without scheme, path or wildcard, not '{host}'");
        if (protocol is not ("http" or "https" or "socks5_tcp" or "socks5_udp"))
            throw arguments.Fault($"has the protocol '{protocol}'; it is http, https, socks5_tcp or socks5_udp");
        return new NetworkRule(
            host,
            protocol,
            arguments.Text("decision") switch
            {
                "allow" => NetworkDecision.Allow,
                "prompt" => NetworkDecision.Prompt,
                "deny" or "forbidden" => NetworkDecision.Deny,
                var other => throw arguments.Fault($"has the decision '{other}'; it is allow, prompt or deny"),
            },
            arguments.Justification());
    }
}
