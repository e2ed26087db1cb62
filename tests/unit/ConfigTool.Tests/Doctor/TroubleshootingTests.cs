using System.Text.RegularExpressions;
using Codex.ConfigTool.Doctor;

namespace Codex.ConfigTool.Tests.Doctor;

public sealed partial class TroubleshootingTests
{
    private const string Variable = "TENSORMESH_INFERENCE_API_KEY";
    private static readonly string? Document = Above("shared/user-docs/tensormesh-codex.md");

    [Fact]
    public void The_doctor_names_every_symptom()
    {
        using var run = new ToolRun();

        var output = run.Run("doctor").Output;

        foreach (var symptom in Troubleshooting.All)
            output.ShouldContain(symptom.Words);
    }

    /// <summary>What Codex would say, the finding that says it first, and what is spoilt in a home for it.</summary>
    public static TheoryData<string, string, Spoilt> Homes => new()
    {
        { "command not found: codex", "W16", Spoilt.Path },
        { "Missing environment variable: `TENSORMESH_INFERENCE_API_KEY`", "E08", Spoilt.KeyUnset },
        { "high demand", "E15", Spoilt.KeyOfElsewhere },
        { "404 Not Found", "W15", Spoilt.ModelName },
        { "404 Not Found", "W08", Spoilt.Address },
        { "The 'MiniMaxAI/MiniMax-M2.5' model is not supported when using Codex with a ChatGPT account", "E19", Spoilt.Provider },
        { "unexpected argument '--full-auto' found", "W17", Spoilt.Alias },
        { "Maximum context length is 196608 tokens", "W05", Spoilt.Window },
    };

    public enum Spoilt
    {
        Path,
        KeyUnset,
        KeyOfElsewhere,
        ModelName,
        Address,
        Provider,
        Alias,
        Window,
    }

    [Theory]
    [MemberData(nameof(Homes))]
    public void A_finding_says_what_codex_would_say(string words, string code, Spoilt what)
    {
        using var run = new ToolRun();
        run.Variables[Variable] = "ak-live-0123456789";
        run.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);
        run.Run("doctor").Output.ShouldContain("Nothing is wrong");
        Spoil(run, what);

        var (found, general) = run.Run("doctor").Output.Split("When Codex says:") switch { var parts => (parts[0], parts[1]) };

        found.ShouldContain(code);
        found.ShouldContain(words);
        var symptom = Troubleshooting.All.Where(s => s.Codes.Contains(code)).ToList();
        symptom.ShouldNotBeEmpty();
        symptom.ShouldAllBe(s => general.Contains(s.Words, StringComparison.Ordinal));
    }

    /// <summary>With a server, since files cannot show it.</summary>
    [Theory]
    [InlineData("E11", "high demand", 401, "{}", "mini")]
    [InlineData("E12", "404 Not Found, or Model 'mimi' not found", 200, """{"data":[{"id":"mini"}]}""", "mimi")]
    [InlineData("W18", "Model 'openai/gpt-oss-20b' not found", 200, """{"data":[{"id":"mini"}]}""", "openai/gpt-oss-20b")]
    public void A_finding_at_the_server_says_what_codex_would_say(string code, string words, int status, string body, string model)
    {
        using var server = new ModelsServer(status, body);
        using var run = new ToolRun
        {
            Config = $"model_provider = \"tensormesh\"\nmodel = \"{model}\"\n[model_providers.tensormesh]\nname = \"t\"\nbase_url = \"{server.BaseUrl}\"\nenv_key = \"K\"\n",
        };
        run.Variables["K"] = "some-key";

        var found = run.Run("doctor --network").Output.Split("When Codex says:")[0];

        found.ShouldContain(code);
        found.ShouldContain(words);
        Troubleshooting.All.ShouldContain(s => s.Codes.Contains(code));
    }

    [Fact]
    public void Codes_of_symptoms_are_codes_of_checks_and_each_has_a_home_above()
    {
        string[] atServer = ["E11", "E12", "W18"];
        foreach (var code in Troubleshooting.All.SelectMany(s => s.Codes))
        {
            CheckRegistry.Kinds.ShouldContain(k => k.Code == code);
            Homes.Select(h => (string)h[1]).Concat(atServer).ShouldContain(code);
        }
    }

    [Fact]
    public void The_table_of_checks_in_the_documentation_is_that_of_the_registry()
    {
        var rows = CheckRegistry.Kinds.Select(k => $"| {k.Code} | {k.Summary} | {(k.Needs is null ? "" : $"`{k.Needs}`")} | {(k.IsRepaired ? "yes" : "")} |")
            .Concat([""]).Concat(["| Codex says | meaning and remedy | findings |", "|---|---|---|"])
            .Concat(Troubleshooting.All.Select(s => $"| `{s.Words}` | {s.Advice.Replace("<", "\\<", StringComparison.Ordinal)} | {string.Join(", ", s.Codes)} |"));
        var text = $"""
            # What `codex-config doctor` finds

            E is an error, W a warning, I only informs. `codex-config doctor --checks` prints the first table. Written by the test that checks it: `UPDATE_FIXTURES=1 dotnet test tests/unit/ConfigTool.Tests`.

            | code | what is found | needs | `--fix` |
            |---|---|---|---|
            {string.Join('\n', rows)}

            """.ReplaceLineEndings("\n");
        var path = Path.Combine(Above("Codex.sln") is { } solution ? Path.GetDirectoryName(solution)! : "", "docs", "doctor.md");
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            File.WriteAllText(path, text);

        File.ReadAllText(path).ShouldBe(text);
    }

    private static void Spoil(ToolRun run, Spoilt what)
    {
        switch (what)
        {
            case Spoilt.Path:
                run.Variables["PATH"] = run.Folder;
                break;
            case Spoilt.KeyUnset:
                run.Variables.Remove(Variable);
                break;
            case Spoilt.KeyOfElsewhere:
                run.Variables[Variable] = "ak-dev-0123456789";
                break;
            case Spoilt.ModelName:
                Change(run, "MiniMaxAI/MiniMax-M2.5", "MiniMax-M2.5");
                break;
            case Spoilt.Address:
                Change(run, "tensormesh.ai/v1", "tensormesh.ai");
                break;
            case Spoilt.Provider:
                Change(run, "model_provider = \"tensormesh\"\n", "");
                break;
            case Spoilt.Alias:
                File.WriteAllText(Path.Combine(run.UserHome, ".bashrc"), "alias c='codex --full-auto'\n");
                break;
            case Spoilt.Window:
                Change(run, "model_context_window = 196608\n", "");
                break;
        }
    }

    private static void Change(ToolRun run, string old, string now) => run.Config = run.Config!.Replace(old, now, StringComparison.Ordinal);

    [SkippableFact]
    public void Every_row_of_the_users_troubleshooting_table_has_a_symptom()
    {
        Skip.If(Document is null, "skipped, because the users' document is not beside the repository");
        var table = File.ReadAllText(Document!);
        table = table[table.IndexOf("## Troubleshooting", StringComparison.Ordinal)..table.IndexOf("Still stuck?", StringComparison.Ordinal)];
        var rows = table.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(2).Select(l => l.Split('|')[1]).ToList();

        rows.Count.ShouldBeGreaterThan(7);
        foreach (var row in rows)
            Quoted().Matches(row).Any(q => Troubleshooting.All.Any(s => q.Groups["text"].Value.Contains(s.Words, StringComparison.Ordinal))).ShouldBeTrue(row);
    }

    private static string? Above(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path)))
                return Path.Combine(folder.FullName, path);
        }

        return null;
    }

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
