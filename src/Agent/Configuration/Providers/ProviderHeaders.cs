using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Codex.Agent.Configuration.Providers;

/// <summary>Headers a provider is sent besides the key.</summary>
internal static partial class ProviderHeaders
{
    private static readonly ImmutableArray<(string Header, string Variable)> OpenAis =
        [("OpenAI-Organization", "OPENAI_ORGANIZATION"), ("OpenAI-Project", "OPENAI_PROJECT")];

    /// <summary>A variable that is not set, or empty, gives no header.</summary>
    public static (ImmutableArray<KeyValuePair<string, string>> Headers, ImmutableArray<string> Variables) Read(
        string id, SettingsSection table, ProviderSources sources)
    {
        var headers = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        if (id == ProviderTable.OpenAi)
        {
            foreach (var (header, variable) in OpenAis)
                Add(header, sources.Around.Variable(variable), variable);
        }

        foreach (var (header, value) in table.TextTable("http_headers"))
            Add(header, value, $"{table.PathOf("http_headers")}.{header}");
        var fromVariables = table.TextTable("env_http_headers");
        foreach (var (header, variable) in fromVariables)
            Add(header, sources.Around.Variable(variable), variable);
        return (headers.ToImmutable(), [.. fromVariables.Values]);

        void Add(string header, string? value, string place)
        {
            if (value is null)
                return;
            if (HeaderName().IsMatch(header) && !value.AsSpan().ContainsAny('\r', '\n', '\0'))
                headers.Add(new(header, value.Trim()));
            else
                sources.Findings.Fault($"{table.Table.Origin.Place}: {place} cannot be sent as a header; a name has letters, digits and '-', a value has no line breaks");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", RegexOptions.None, 1000)]
    private static partial Regex HeaderName();
}
