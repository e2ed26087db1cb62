using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Output;
using Codex.Toml;

namespace Codex.ConfigTool.CommandLine;

/// <summary>How results are printed.</summary>
/// <param name="Json">For programs.</param>
/// <param name="Quiet">Nothing but errors.</param>
/// <param name="Color">The terminal shows colours.</param>
/// <param name="Verbose">Tell on standard error what is read and written.</param>
internal sealed record PrintStyle(bool Json, bool Quiet, bool Color, bool Verbose);

/// <summary>One run of a command: where things are and where words go.</summary>
internal sealed record Invocation(ToolEnvironment Environment, Terminal Terminal, string? HomeOption, string? FileOption, StateDirectory State, PrintStyle Style)
{
    /// <summary>The version of Codex that the user says it is for; null when nothing was said.</summary>
    public Version? DeclaredCodex { get; init; }

    /// <summary>The version of Codex to write for: the declared one, else that of the Codex on the PATH; null when neither is known.</summary>
    public async Task<Version?> CodexVersionAsync(CancellationToken cancellation) =>
        DeclaredCodex ?? (await Installation.CodexProgram.FindAsync(Environment, null, cancellation))?.Version;

    /// <summary>The directory of Codex and the file this run is about.</summary>
    public (ConfigPlace? Place, Refusal? Refusal) Place()
    {
        var (home, refusal) = CodexHome.Find(Environment, HomeOption);
        if (home is null)
            return (null, refusal);
        return (new(home, FileOption is { } file ? Path.GetFullPath(file) : Path.Combine(home, CodexHome.FileName)), null);
    }

    /// <summary>Reads the configuration for a command that only looks at it.</summary>
    public (ReadConfig? Config, Refusal? Refusal) Read()
    {
        var (place, refusal) = Place();
        if (place is null)
            return (null, refusal);
        var reading = ConfigFileReader.Read(Environment.Files, place.File);
        if (reading is FileReading.Refused refused)
            return (null, refused.Refusal);
        var file = ((FileReading.Done)reading).File;
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        return document.IsValid
            ? (new(place, file, document), null)
            : (null, Changes.ChangePlanning.OfDiagnostic(file, document, document.Diagnostics[0]).Refusal);
    }

    /// <summary>A path as the user would write it.</summary>
    public string Shown(string path) =>
        path.StartsWith(Environment.UserHome + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? $"~{path[Environment.UserHome.Length..]}" : path;
}

/// <param name="Home">Codex's directory.</param>
/// <param name="File">The configuration file.</param>
internal sealed record ConfigPlace(string Home, string File);

/// <summary>A configuration that was read and is valid TOML.</summary>
internal sealed record ReadConfig(ConfigPlace Place, ConfigFile File, TomlDocument Document);
