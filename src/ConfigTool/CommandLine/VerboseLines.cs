using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.CommandLine;

/// <summary>What <c>--verbose</c> tells on standard error: where things are, and what was written.</summary>
internal static class VerboseLines
{
    public static void Begin(Invocation invocation)
    {
        if (!invocation.Style.Verbose)
            return;
        Tell(invocation, $"codex-config {ToolVersion.Current}");
        if (invocation.Place().Place is { } place)
        {
            var source = invocation.HomeOption is not null ? "--codex-home" : invocation.Environment.Variable(CodexHome.Variable) is not null ? CodexHome.Variable : "the default";
            Tell(invocation, $"home: {place.Home} ({source})");
            Tell(invocation, ConfigFileReader.Read(invocation.Environment.Files, place.File) is FileReading.Done { File: var file } ? $"file: {Facts(file)}" : $"file: {place.File} (cannot be read)");
        }

        Tell(invocation, $"state: {invocation.State.Path}");
    }

    public static void End(Invocation invocation, Report report)
    {
        if (!invocation.Style.Verbose)
            return;
        foreach (var change in report.Changes.Where(c => !c.IsEmpty))
            Tell(invocation, $"{report.Status switch { ChangeStatus.Written => "written", ChangeStatus.DryRun => "would write", _ => "not written" }}: {change.File.RealPath}, sha256 {change.File.Hash ?? "none"} to {ConfigFile.HashOf(change.After) ?? "none"}");
        if (report.Backup is { } backup)
            Tell(invocation, $"backup: {backup}");
        Tell(invocation, $"exit code: {report.ExitCode}");
    }

    private static string Facts(ConfigFile file) => file.Bytes is { } bytes
        ? $"{file.Path}{(file.IsLink ? $", a link to {file.RealPath}" : "")}, {bytes.Length} bytes, sha256 {file.Hash}"
        : $"{file.Path} (not there)";

    private static void Tell(Invocation invocation, string line) => invocation.Terminal.Error.WriteLine($"verbose: {line}");
}
