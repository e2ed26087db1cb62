using System.Globalization;

namespace Codex.Bench.Agent;

/// <param name="Agent">The program codex-agent; as a rule the one that was built with this.</param>
/// <param name="Codex">The program it is compared with; null when there is none.</param>
/// <param name="Rounds">Runs of each program for each figure, in turns.</param>
internal sealed record BenchOptions(string Agent, string? Codex, int Rounds)
{
    public const string Usage = "--agent PATH --codex PATH --rounds 15";

    public static BenchOptions? Read(string[] args, out string? problem)
    {
        var options = new BenchOptions(BuiltAgent(), OnPath("codex"), 15);
        problem = null;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            options = args[i] switch
            {
                "--agent" when File.Exists(value) => options with { Agent = Path.GetFullPath(value) },
                "--codex" when File.Exists(value) => options with { Codex = Path.GetFullPath(value) },
                "--rounds" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0 => options with { Rounds = rounds },
                _ => null!,
            };
            if (options is null)
            {
                problem = $"'{args[i]} {value}' is no option, or there is no such file. Usage: {Usage}";
                return null;
            }
        }

        problem = File.Exists(options.Agent) ? null : $"{options.Agent} is not built; name it with --agent.";
        return problem is null ? options : null;
    }

    /// <summary>Beside this program, in the same configuration.</summary>
    private static string BuiltAgent()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var root = framework.Parent!.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(root.FullName, "src", "Agent", "bin", framework.Parent!.Name, framework.Name, "codex-agent");
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);
}
