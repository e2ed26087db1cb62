using System.Text;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.ConfigTool;

/// <summary>The homes that a configuration tool meets.</summary>
public static class HomeUnderTest
{
    public const string Empty = "empty";
    public const string Normal = "normal";
    public const string Hostile = "hostile";

    private const string NormalText =
        """
        # my settings
        model = "gpt-5.5"
        approval_policy = "never"

        [tui]
        theme = "x"

        [mcp_servers.tiny]
        command = "node" # here
        args = ["a.mjs"]

        """;

    /// <summary>Lines that all survive, beside those for the model.</summary>
    private static readonly string[] HostileLines =
    [
        "#:schema https://developers.openai.com/codex/config-schema.json",
        "# [model_providers.tensormesh] is below? it is not",
        "model   =  'gpt-5.5'   # \"keep\" [me]",
        "developer_instructions = \"\"\"",
        "[model_providers.tensormesh]",
        "model = \"x\"\"\"\"",
        "notify = [",
        "  \"[tui]\", # a row",
        "]",
        "model_providers = { \"a.b\" = { name = 'odd', base_url = \"http://127.0.0.1:9/v1\" }, z = { name = \"z\" } } # inline",
        "mcp_servers.tiny.command = \"node\" # dotted",
        "",
        "[ tui ] # spaced",
        "\"theme\" = \"x\"",
        "# the end, without a line end",
    ];

    public static string ConfigPath(CodexHome home) => Path.Combine(home.State, "config.toml");

    /// <returns>Lines of the user's own that must stay as they are, with their ends.</returns>
    public static IReadOnlyList<string> Furnish(CodexHome home, string kind)
    {
        switch (kind)
        {
            case Empty:
                return [];
            case Normal:
                File.WriteAllText(ConfigPath(home), NormalText);
                return [.. NormalText.Split('\n').Where(line => !line.StartsWith("model", StringComparison.Ordinal)).Select(line => line + "\n")];
            default:
                // A byte order mark, CR LF, no end of line at the end, and a relative link.
                var target = home.AddFile("codex.toml", Encoding.UTF8.GetBytes('\uFEFF' + string.Join("\r\n", HostileLines)));
                File.CreateSymbolicLink(ConfigPath(home), Path.GetRelativePath(home.State, target));
                return [.. HostileLines.Where(line => !line.StartsWith("model ", StringComparison.Ordinal) && !line.StartsWith("model_providers", StringComparison.Ordinal))];
        }
    }
}
