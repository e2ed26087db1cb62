using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Files;

/// <summary>Reasons not to replace a file that can be told before anything is written.</summary>
internal static class WriteObstacles
{
    private const string NixStore = "/nix/store/";

    public static Refusal? Find(FileSystem files, ConfigFile file, bool inPlace)
    {
        var shown = file.IsLink ? $"{file.Path} (a link to {file.RealPath})" : file.Path;
        if (file.RealPath.StartsWith(NixStore, StringComparison.Ordinal))
        {
            return new(ExitCodes.CannotWrite, $"{shown} is in the Nix store and cannot be changed",
                "set it in Home Manager (programs.codex.settings), or keep your settings in a profile file: $CODEX_HOME/NAME.config.toml, used by codex -p NAME");
        }

        if (file.Facts is not { } facts)
        {
            var folder = Path.GetDirectoryName(file.RealPath)!;
            return files.Describe(folder) is null
                ? new(ExitCodes.CannotWrite, $"{shown} cannot be made: {folder} does not exist", "create that directory first")
                : null;
        }

        if (facts.IsReadOnly)
            return new(ExitCodes.CannotWrite, $"{shown} is read-only", $"is that on purpose? if not: chmod u+w '{file.RealPath}'");
        if (files.EffectiveUser is { } user && user != 0 && user != facts.UserId)
            return new(ExitCodes.CannotWrite, $"{shown} belongs to another user (number {facts.UserId})", "run this as that user");
        return facts.HardLinks > 1 && !inPlace
            ? new(ExitCodes.CannotWrite, $"{shown} has {facts.HardLinks} hard links, which replacing the file would part", "--in-place writes through them; that is not safe against a crash")
            : null;
    }
}
