using System.Text.RegularExpressions;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>Plays a script with one program, in a home and a working directory of its own.</summary>
internal static partial class Stage
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <returns>All that was seen, as text.</returns>
    public static async Task<string> PlayAsync(DifferentialCase script, string program)
    {
        await using var model = await ScriptedResponses.StartAsync();
        using var home = new CodexHome();
        var names = new SteadyNames(home, model);
        model.Fill = names.Fill;
        Prepare(script, home, names);

        var transcript = new Transcript(names);
        var runs = script.Runs;
        foreach (var run in runs)
        {
            foreach (var answer in run.Answers)
                model.Answer(answer);
            var before = model.Asked.Count;
            var outcome = await ClientProcess.RunAsync(
                program, run.Arguments.Select(names.Fill), Path.Combine(home.Work, run.Directory), Environment(home), Limit, names.Fill(run.Input));
            outcome.TimedOut.ShouldBeFalse($"{program} did not end\n{outcome.Stdout}\n{outcome.Stderr}");
            transcript.Add(run, outcome, [.. model.Asked.Skip(before)], model.TakeBack(), script.RequestFields);
            if (run == runs[0] && ThreadId().Match(outcome.Stdout) is { Success: true } started)
                names.Thread = started.Groups[1].Value;
        }

        transcript.Add(home.Files());
        return transcript.ToString();
    }

    private static Dictionary<string, string> Environment(CodexHome home)
    {
        var environment = home.Environment(key: "a-key");
        // What Codex traces on standard error for its developers.
        environment["RUST_LOG"] = "off";
        return environment;
    }

    private static void Prepare(DifferentialCase script, CodexHome home, SteadyNames names)
    {
        Copy(script.PathOf("work"), home.Work, names);
        Copy(script.PathOf("codex"), home.State, names);
        if (script.IsRepository)
            MakeRepository(home.Work);
        var head = File.ReadAllText(Path.Combine(DifferentialCase.Root, "head.toml"));
        var tail = File.ReadAllText(Path.Combine(DifferentialCase.Root, "tail.toml"));
        File.WriteAllText(Path.Combine(home.State, "config.toml"), names.Fill(head + script.Config + tail));
    }

    /// <summary>As git makes an empty one; git itself need not be there.</summary>
    private static void MakeRepository(string directory)
    {
        foreach (var folder in new[] { "objects", "refs/heads" })
            Directory.CreateDirectory(Path.Combine(directory, ".git", folder));
        File.WriteAllText(Path.Combine(directory, ".git", "HEAD"), "ref: refs/heads/main\n");
        File.WriteAllText(Path.Combine(directory, ".git", "config"), "[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
    }

    private static void Copy(string from, string to, SteadyNames names)
    {
        if (!Directory.Exists(from))
            return;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (Path.GetExtension(file) == ".png")
                File.Copy(file, target);
            else
                File.WriteAllText(target, names.Fill(File.ReadAllText(file)));
        }
    }

    [GeneratedRegex("\"thread_id\":\"([^\"]+)\"")]
    private static partial Regex ThreadId();
}
