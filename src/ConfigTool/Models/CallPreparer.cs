using System.Collections.Immutable;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Providers;
using Codex.Toml.Semantics;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Models;

/// <summary>
/// Collects what Codex sends to a provider: the headers of the table, over them the key from the command, the variable or the file, and the
/// query. Like Codex it runs the command and leaves out headers whose variable is not set.
/// </summary>
internal sealed class CallPreparer(ToolEnvironment environment, string home)
{
    private const string FixedHeaders = "http_headers";
    private const string VariableHeaders = "env_http_headers";
    private const string QueryParameters = "query_params";
    private const string Login = "requires_openai_auth";

    /// <summary>Ways to prove who asks that need Codex's own accounts.</summary>
    private static readonly ImmutableArray<string> OwnAccounts = ["gateway_oauth", "credential_file", "aws"];

    /// <param name="endpoint">With an address.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public async Task<CallPreparation> PrepareAsync(ProviderEndpoint endpoint, CancellationToken cancellation)
    {
        var table = endpoint.Table;
        var headers = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);
        var proofs = new List<string>();
        var untried = new List<string>();
        foreach (var (name, value) in Texts(table, FixedHeaders))
        {
            headers = headers.SetItem(name, value);
            if (SecretMask.IsSecretKey(name))
                proofs.Add($"{FixedHeaders}.{name}");
        }

        foreach (var (name, variable) in Texts(table, VariableHeaders))
        {
            if (KeySource.Find(environment, home, variable) is { } value)
            {
                headers = headers.SetItem(name, value);
                proofs.Add($"{VariableHeaders}.{name}");
            }
            else
            {
                untried.Add($"the header {name}, because {variable} is not set; Codex leaves it out as well");
            }
        }

        if (table is not null && table.Children.TryGetValue(ConfigKeys.Auth, out var auth) && auth is TableNode command)
        {
            switch (await new KeyCommand(environment, home).RunAsync(command, cancellation))
            {
                case KeyCommandOutcome.Failed { Reason: var reason }:
                    return new CallPreparation.Impossible(reason, $"run the command of {ConfigKeys.Providers}.{endpoint.Id}.{ConfigKeys.Auth} by hand");
                case KeyCommandOutcome.Printed { Key: var printed }:
                    Prove(printed, "the key that the command in auth prints");
                    break;
            }
        }
        else if (endpoint.KeyVariable is { } variable)
        {
            if (KeySource.Find(environment, home, variable) is not { } key)
                return new CallPreparation.Impossible($"{Printable.Line(variable)} is not set, so {endpoint.Id} cannot be asked", $"codex-config env {endpoint.Id} says how to set it", IsUnset: true);
            Prove(key, $"the key in {Printable.Line(variable)}");
        }
        else if (ProviderEndpoint.TextOf(table, ConfigKeys.BearerToken) is { } token)
        {
            Prove(token, ConfigKeys.BearerToken);
        }
        else if (table is not null && table.Children.TryGetValue(Login, out var login) && login.ToValue() is TomlValue.Boolean { Value: true })
        {
            untried.Add("the account of codex login, which this tool does not touch");
        }

        untried.AddRange(OwnAccounts.Where(k => table?.Children.ContainsKey(k) == true).Select(k => $"what {k} stands for, which only Codex can get"));
        var query = string.Join('&', Texts(table, QueryParameters).Select(p => $"{p.Key}={p.Value}"));
        if (query.Length > 0)
            proofs.Add(QueryParameters);
        return new CallPreparation.Ready(new(endpoint.BaseUrl!, headers, query, Joined(proofs), Joined(untried)));

        void Prove(string key, string words)
        {
            headers = headers.SetItem(ProviderCall.Authorization, $"Bearer {key}");
            proofs.Remove($"{FixedHeaders}.{ProviderCall.Authorization}");
            proofs.Insert(0, words);
        }
    }

    private static string? Joined(List<string> words) => words.Count > 0 ? string.Join(" and ", words) : null;

    private static IEnumerable<KeyValuePair<string, string>> Texts(TableNode? table, string key) =>
        table is not null && table.Children.TryGetValue(key, out var node) && node is TableNode texts
            ? texts.Children.Select(c => (c.Key, Value: ProviderEndpoint.TextAt(c.Value))).Where(c => c.Value is not null).Select(c => KeyValuePair.Create(c.Key, c.Value!))
            : [];
}
