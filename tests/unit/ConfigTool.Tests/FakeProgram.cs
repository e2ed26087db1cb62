namespace Codex.ConfigTool.Tests;

/// <summary>A small shell script in a folder of the PATH.</summary>
internal static class FakeProgram
{
    /// <summary>Puts it beside the home and onto its PATH.</summary>
    /// <returns>Its path.</returns>
    public static string In(ToolRun run, string name, string script)
    {
        var folder = Path.Combine(run.Folder, "programs");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        run.Variables["PATH"] = $"{folder}:/usr/bin:/bin";
        return path;
    }
}
