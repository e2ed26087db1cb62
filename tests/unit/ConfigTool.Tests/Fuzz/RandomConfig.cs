using System.Text;
using Codex.Toml;

namespace Codex.ConfigTool.Tests.Fuzz;

/// <summary>Random valid texts such as people and tools leave them in Codex's directory, in every layout that TOML knows.</summary>
internal static class RandomConfig
{
    private static readonly string[] Root =
    [
        "model = \"m\"", "model   =  'gpt-5.5'", "\"model\" = \"x\"", "model = \"\"\"\nlong\n[tui]\n\"\"\"", "model_provider = \"openai\"", "model_provider = 'p'",
        "model_provider = \"tensormesh\"", "model_provider = \"gone\"", "model_reasoning_effort = \"high\"", "model_context_window = 1_000", "model_context_window = 0x1000",
        "web_search = \"live\"", "approval_policy = \"never\"", "profile = \"old\"", "notify = [\n  \"[tui]\", # row\n  'b',\n]", "developer_instructions = '''\n[model_providers.tensormesh]\nmodel = 1\n'''",
        "sqlite_home = 'C:\\dir'", "tui.theme = \"x\"", "tui . \"notifications\" = true", "features.goals = true", "agents = { enabled = true }", "\"\" = 1",
        "model_providers.p.name = \"p\"", "model_providers.p.base_url = \"http://127.0.0.1:9/v1\"", "model_providers.tensormesh.name = \"t\"",
        "model_providers = { p = { name = \"p\" } }", "model_providers = { p = { name = \"p\" }, # c\n  \"q r\" = { name = 'q', http_headers = { X = \"1\" } },\n}", "model_providers = {}",
    ];

    private static readonly string[] Headers =
    [
        "[tui]", "[ features ]", "[agents]", "[mcp_servers.a]", "[mcp_servers.a.env]", "[mcp_servers.'b c']", "[profiles.old]", "[projects.\"/home/x y\"]", "[[hooks.Stop]]",
        "[[hooks.Stop.hooks]]", "[model_providers]", "[model_providers.p]", "[model_providers.tensormesh]", "[ model_providers . \"tensormesh\" ]", "[model_providers.p.http_headers]",
        "[model_providers.tensormesh.query_params]", "[model_providers.'[red]x']", "[a.b.c]",
    ];

    private static readonly string[] Pairs =
    [
        "name = \"n\"", "base_url = \"http://127.0.0.1:9/v1\"", "base_url = 'https://serverless.tensormesh.ai/v1'", "wire_api = \"responses\"", "wire_api = \"chat\"", "env_key = \"K\"",
        "model = \"mine\"", "theme = \"x\"", "enabled = false", "goals = false", "command = \"c\"", "args = [ \"1\",\n  \"2\" ]", "request_max_retries = 4", "x = 1979-05-27T07:32:00Z", "y = -0.0",
        "z = { a = 1, b = [ { c = 2 } ] }", "auth = { command = \"pass\", args = [\"x\"] }", "experimental_bearer_token = \"sk-secret-0123456789abcdef\"", "http_headers = { X = \"1\" }", "q.r.s = nan",
    ];

    private static readonly string[] Loose = ["", "", "  ", "# comment", "  # indented", "# model = \"commented\"", "# [model_providers.tensormesh]", "#:schema https://x/y.json", "#", "\t"];

    private static readonly string[] Tails = ["", "", "", " ", " # c", "\t# [x] \u00e9", "  # \U0001F600"];

    public static string Create(Random random)
    {
        var lineEnd = random.Next(3) == 0 ? "\r\n" : "\n";
        var text = new StringBuilder(random.Next(4) == 0 ? "\uFEFF" : "");
        var start = text.Length;
        AddSome(Root, random.Next(7));
        for (var sections = random.Next(6); sections > 0; sections--)
        {
            AddSome(Headers, 1);
            AddSome(Pairs, random.Next(5));
        }

        if (random.Next(3) == 0 && text.Length > start)
            text.Length -= text.ToString().EndsWith("\r\n", StringComparison.Ordinal) ? 2 : 1;
        return text.ToString();

        void AddSome(string[] from, int count)
        {
            for (var i = 0; i < count; i++)
            {
                while (random.Next(3) == 0)
                    Add(Pick(random, Loose));
                Add((random.Next(6) == 0 ? "  " : "") + Pick(random, from) + Pick(random, Tails));
            }
        }

        // A statement that does not fit what stands already is left out.
        void Add(string statement)
        {
            var longer = text + statement.Replace("\n", lineEnd, StringComparison.Ordinal) + (random.Next(40) == 0 ? "\n" : lineEnd);
            if (TomlDocument.Parse(longer).IsValid)
                text.Clear().Append(longer);
        }
    }

    public static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
