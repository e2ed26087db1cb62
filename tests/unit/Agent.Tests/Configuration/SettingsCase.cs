using System.Collections.Immutable;
using Codex.Agent.Configuration;
using Codex.Agent.Paths;

namespace Codex.Agent.Tests.Configuration;

/// <summary>
/// A directory of fixtures/agent-settings, copied to a place of its own: <c>home</c> is Codex's, <c>etc</c> the system's, <c>user</c> the
/// user's, <c>project</c> the working directory. <c>$ROOT</c> in a file is the copy; <c>dot-git</c> is <c>.git</c>, which git would not keep.
/// </summary>
internal sealed class SettingsCase : IDisposable
{
    private readonly string _source;

    public SettingsCase(string source)
    {
        _source = source;
        Root = RealPath.Of(Directory.CreateTempSubdirectory("settings").FullName);
        foreach (var folder in (string[])["home", "etc", "user", "project"])
            Directory.CreateDirectory(Path.Combine(Root, folder));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Root, Path.GetRelativePath(source, file).Replace("dot-git", ".git", StringComparison.Ordinal));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, File.ReadAllText(file).Replace("$ROOT", Root, StringComparison.Ordinal));
        }
    }

    public string Root { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public string Run()
    {
        var environment = Lines("environment").Select(l => l.Split('=', 2)).ToImmutableDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        if (!environment.ContainsKey("CODEX_HOME"))
            environment = environment.Add("CODEX_HOME", Path.Combine(Root, "home"));
        var around = new Surroundings(Path.Combine(Root, "user"), Path.Combine(Root, "project"), environment) { SystemDirectory = Path.Combine(Root, "etc") };
        var text = new SettingsLoader(around, TimeProvider.System).Load(Request()) switch
        {
            SettingsLoaded.Ready ready => SettingsText.Write(ready.Settings),
            SettingsLoaded.Refused refused => "refused:\n" + refused.Message + "\n",
            _ => throw new InvalidOperationException(),
        };
        return text.Replace(Root, "$ROOT", StringComparison.Ordinal);
    }

    private SettingsRequest Request() => Lines("arguments").Aggregate(new SettingsRequest(), static (request, line) =>
    {
        var space = line.IndexOf(' ');
        var (flag, value) = space < 0 ? (line, "") : (line[..space], line[(space + 1)..]);
        return flag switch
        {
            "exec" => request with { IsExec = true },
            "-C" => request with { Directory = value },
            "-m" => request with { Model = value },
            "-p" => request with { Profile = value },
            "-c" => request with { Overrides = request.Overrides.Add(value) },
            "-s" => request with { SandboxMode = value },
            "-a" => request with { ApprovalPolicy = value },
            "--add-dir" => request with { AddedDirectories = request.AddedDirectories.Add(value) },
            "--full-auto" => request with { FullAuto = true },
            "--dangerously-bypass-approvals-and-sandbox" => request with { BypassesAll = true },
            "--oss" => request with { Oss = true },
            "--local-provider" => request with { LocalProvider = value },
            "--ignore-user-config" => request with { IgnoresUserConfig = true },
            "--ignore-rules" => request with { IgnoresRules = true },
            "--enable" => request with { EnabledFeatures = request.EnabledFeatures.Add(value) },
            "--disable" => request with { DisabledFeatures = request.DisabledFeatures.Add(value) },
            "--strict-config" => request with { Strict = true },
            _ => throw new InvalidOperationException($"No such flag: {line}"),
        };
    });

    private string[] Lines(string name) =>
        Path.Combine(_source, name) is var file && File.Exists(file)
            ? [.. File.ReadAllLines(Path.Combine(Root, name)).Where(l => l.Length > 0)]
            : [];
}
