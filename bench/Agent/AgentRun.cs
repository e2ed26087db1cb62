using System.Globalization;

namespace Codex.Bench.Agent;

/// <summary>Measures both programs in turns, so that whatever else the machine does hits both.</summary>
internal static class AgentRun
{
    /// <summary>Windows of the model: one in which our instructions are short, one in which they are long.</summary>
    private static readonly int[] Windows = [8192, 128_000];

    public static async Task<int> RunAsync(BenchOptions options)
    {
        // Not the temporary directory: Codex warns of a home there.
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"run-{Environment.ProcessId}"));
        try
        {
            await using var server = await ScriptedServer.StartAsync();
            string[] programs = options.Codex is { } codex ? [options.Agent, codex] : [options.Agent];
            var output = Console.Out;
            await output.WriteLineAsync($"codex-agent: {options.Agent}\nCodex: {options.Codex ?? "none; name one with --codex"}\n{options.Rounds} rounds; medians, and the ratio to Codex with its least and greatest\n");
            var cases = new List<(string Name, Func<string, Task<RunFigures>> Run)>
            {
                ("--version", program => ProgramRun.MeasureAsync(program, folder.FullName, folder.FullName, "--version")),
            };
            var sizes = new Dictionary<(string Program, int Window), RequestSize>();
            foreach (var window in Windows)
            {
                var home = Home(folder, server, window);
                cases.Add(($"exec, window {window}", async program =>
                {
                    var figures = await ProgramRun.MeasureAsync(program, home, folder.FullName, "exec", "--skip-git-repo-check", "-s", "read-only", "hello");
                    sizes[(program, window)] = server.LastAsked;
                    return figures;
                }
                ));
            }

            foreach (var (name, run) in cases)
            {
                var rounds = new List<RunFigures[]>();
                // The first fills the caches of the disk.
                for (var round = 0; round <= options.Rounds; round++)
                {
                    var turn = new List<RunFigures>();
                    foreach (var program in programs)
                        turn.Add(await run(program));
                    if (round > 0)
                        rounds.Add([.. turn]);
                }

                BenchReport.Write(output, name, rounds);
            }

            BenchReport.Write(output, programs, Windows, sizes);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Home(DirectoryInfo folder, ScriptedServer server, int window)
    {
        var home = folder.CreateSubdirectory(window.ToString(CultureInfo.InvariantCulture)).FullName;
        File.WriteAllText(Path.Combine(home, "config.toml"), $"""
            model = "scripted"
            model_provider = "bench"
            model_context_window = {window}
            # No instructions of the project around: they are not the program's own.
            project_doc_max_bytes = 0

            [model_providers.bench]
            name = "bench"
            base_url = "{server.BaseUrl}"
            wire_api = "responses"
            """);
        return home;
    }
}
