namespace Codex.ConfigTool.Tests.Fuzz;

/// <summary>Command lines at random, right ones and wrong ones; none asks a server.</summary>
internal static class RandomCommand
{
    private static readonly string[] Ids = ["tensormesh", "tensormesh", "p", "vllm", "openai", "ollama", "gone", "mine", "[red]x", "q r", ""];

    private static readonly string[][] Adds =
    [
        ["add-provider", "tensormesh"],
        ["add-provider", "tensormesh", "--model", "openai/gpt-oss-20b", "--effort", "high"],
        ["add-provider", "tensormesh", "--via-gateway"],
        ["add-provider", "tensormesh", "--no-default", "--set", "query_params.a=\"b\"", "--set", "request_max_retries=0x2"],
        ["add-provider", "tensormesh", "--minimal-tools", "--web-search", "disabled", "--no-context-window"],
        ["add-provider", "tensormesh", "--auth-command", "pass", "tm"],
        ["add-provider", "vllm", "--model", "a\"b\\c\n\u2028"],
        ["add-provider", "ollama", "--model", "m", "--via-gateway"],
        ["add-provider", "custom", "--id", "mine", "--base-url", "http://127.0.0.1:9/v1", "--model", "m", "--no-auth", "--name", "[bold]\t\u001b[31m"],
        ["add-provider", "custom", "--id", "p", "--base-url", "http://127.0.0.1:9/v1", "--model", "m", "--env-key", "K"],
    ];

    private static readonly string[][] Wrong =
    [
        ["add-provider"], ["add-provider", "custom", "--id", "a.b"], ["add-provider", "deepseek", "--model", "m"], ["nonsense"], [], ["--help"], ["use"], ["undo", "zz", "--yes"],
        ["backup", "restore", "zz", "--yes"], ["backup", "show", "0"], ["completions", "tcsh"], ["add-provider", "tensormesh", "--set", "a = = b", "--yes"], ["--codex-home", "/nowhere/at/all", "list"],
        ["add-provider", "tensormesh", "--context-window", "99999999999999999999", "--yes"], ["add-provider", "tensormesh", "--base-url", "http://[::1", "--yes"],
    ];

    private static readonly string[] Ways = ["--yes", "--yes", "--yes --force", "--yes --keep", "--yes --json", "--yes --quiet", "--dry-run", "--dry-run --exit-code", "--yes --diff", ""];

    public static string[] Add(Random random) => RandomConfig.Pick(random, Adds);

    public static string[] Any(Random random) => random.Next(17) switch
    {
        < 4 => [.. Add(random), .. Way(random)],
        4 => ["remove-provider", Id(random), .. Way(random).Where(w => w != "--keep"), .. random.Next(3) == 0 ? ["--keep-table"] : Array.Empty<string>()],
        5 => ["use", Id(random), .. Way(random).Where(w => w is not ("--keep" or "--force")), .. random.Next(3) == 0 ? ["--model", "x"] : Array.Empty<string>()],
        6 => ["undo", .. Way(random).Where(w => w is not ("--keep" or "--force"))],
        7 => RandomConfig.Pick(random, Wrong),
        8 => ["list", .. Json(random)],
        9 => ["show", .. random.Next(2) == 0 ? [Id(random)] : Array.Empty<string>(), .. Json(random)],
        10 => ["doctor", .. Json(random), .. random.Next(3) == 0 ? ["--fix", "--yes"] : Array.Empty<string>()],
        11 => ["profiles", .. random.Next(2) == 0 ? ["list"] : new[] { "show", "fast" }, .. Json(random)],
        12 => ["profiles", .. Profile(random), .. Way(random).Where(w => w is not ("--keep" or "--force"))],
        13 => [.. random.Next(2) == 0 ? ["use", Id(random)] : Add(random), "--profile", Name(random), .. Way(random).Where(w => w is not ("--keep" or "--force"))],
        14 => ["show", "--effective", .. random.Next(2) == 0 ? [Id(random)] : Array.Empty<string>(), .. random.Next(2) == 0 ? ["--profile", Name(random)] : Array.Empty<string>(), .. Json(random)],
        15 => [RandomConfig.Pick(random, ["diff", "undo"]), .. Json(random), .. random.Next(2) == 0 ? ["--list"] : Array.Empty<string>()],
        _ => RandomConfig.Pick<string[]>(random, [["backup", "list"], ["backup", "prune", "--keep", "1"], ["env", Id(random)], ["completions", "bash"], ["backup", "list", "--json"]]),
    };

    private static string[] Profile(Random random) => random.Next(3) switch
    {
        0 => ["add", Name(random), "--provider", Id(random), .. random.Next(2) == 0 ? ["--model", "m"] : Array.Empty<string>()],
        1 => ["remove", Name(random)],
        _ => ["migrate", Name(random)],
    };

    private static string Name(Random random) => RandomConfig.Pick(random, ["fast", "fast", "slow", "old", "a.b", ""]);

    private static string Id(Random random) => RandomConfig.Pick(random, Ids);

    private static string[] Way(Random random) => RandomConfig.Pick(random, Ways).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Json(Random random) => random.Next(3) == 0 ? ["--json"] : [];
}
